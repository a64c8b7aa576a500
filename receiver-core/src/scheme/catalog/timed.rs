//! Senders that sign a timestamp or an id with the body.

use http::HeaderName;

use super::Sender;
use super::row::{
    BASE64, BODY_ID, BODY_ID_TIME, BODY_TIME, ID_TIME_BODY, MS, REGISTRY, S, TIME_BODY,
    TIME_COLON_BODY, TIME_COMMA_BODY, TIME_DOT_BODY, V0_TIME_BODY, base64, fields, hex, http_date,
    limit, milliseconds, over_body, rfc3339, row, seconds, svix,
};
use crate::scheme::{Encoding, Grammar, Hash, KeyForm, Layout, Source};

pub(super) static SENDERS: [Sender; 39] = [
    row("standard-webhooks", "Standard Webhooks", Layout::STANDARD_WEBHOOKS)
        .documented("The Standard Webhooks specification"),
    row("openai", "OpenAI", Layout::STANDARD_WEBHOOKS).likely("users of Standard Webhooks; to be compared with OpenAI API, Webhooks"),
    row("replicate", "Replicate", Layout::STANDARD_WEBHOOKS)
        .likely("users of Standard Webhooks; to be compared with Replicate Docs, Verify webhooks"),
    row("polar", "Polar", Layout::STANDARD_WEBHOOKS.with_key_form(KeyForm::Text))
        .likely(REGISTRY)
        .noting("Standard Webhooks, but the key is the text itself."),
    row("svix", "Svix", SVIX).documented("svix/svix-webhooks, javascript/src/webhook.test.ts"),
    row("clerk", "Clerk", SVIX).likely("users of Svix; to be compared with Clerk Docs, Sync data with webhooks"),
    row("resend", "Resend", SVIX).likely("users of Svix; to be compared with Resend Docs, Verify webhook requests"),
    row("stytch", "Stytch", SVIX).likely("users of Svix; to be compared with Stytch Docs, Webhooks"),
    row("finch", "Finch", FINCH).documented("Finch-API/finch-api-go, webhook"),
    row("stripe", "Stripe", fields(hex("stripe-signature"), "v1", S))
        .documented("Stripe Docs, Verify webhook signatures; stripe/stripe-python, webhook")
        .noting("The key is the whole text, `whsec_` included."),
    row("mux", "Mux", fields(hex("mux-signature"), "v1", S))
        .documented("muxinc/mux-node-sdk, webhooks"),
    row("shippo", "Shippo", fields(hex("shippo-auth-signature"), "v1", S))
        .likely("users of it; to be compared with Shippo Docs, Webhook security, HMAC"),
    row("calendly", "Calendly", fields(hex("calendly-webhook-signature"), "v1", S))
        .documented("Calendly Developer, Webhook signatures"),
    row("persona", "Persona", PERSONA)
        .likely("hookdeck/webhook-skills")
        .noting("Groups with different timestamps in one request are refused."),
    row("elevenlabs", "ElevenLabs", fields(hex("elevenlabs-signature"), "v0", S))
        .likely("hookdeck/webhook-skills"),
    row("affirm", "Affirm", AFFIRM).likely(REGISTRY),
    row("tiktok", "TikTok", fields(hex("tiktok-signature"), "s", S))
        .documented("TikTok for Developers, Webhooks verification"),
    row("knock", "Knock", fields(base64("x-knock-signature"), "s", MS))
        .likely("hookdeck/webhook-skills; to be compared with Knock Docs, Outbound webhooks"),
    row("buildkite", "Buildkite", BUILDKITE)
        .documented("Buildkite Docs, Webhooks, Webhook signature"),
    row("workos", "WorkOS", fields(hex("workos-signature"), "v1", MS.within(limit(180, 180))))
        .documented("workos/workos-python, webhooks"),
    row("sanity", "Sanity", SANITY)
        .documented("sanity-io/webhook-toolkit, test/signature.test.ts")
        .noting("Its time is not judged, as by its own library."),
    row("convoy", "Convoy, advanced signatures", CONVOY)
        .documented("frain-dev/convoy, pkg/signature/testdata")
        .noting("Hash, encoding and header are what the project's settings say."),
    row("paddle", "Paddle", PADDLE).documented("PaddleHQ/paddle-python-sdk, Notification"),
    row("recurly", "Recurly", RECURLY)
        .documented("Recurly Docs, Signature verification")
        .noting("XML is not signed: choose JSON."),
    row("slack", "Slack", SLACK).documented("Slack API, Verifying requests from Slack"),
    row("zoom", "Zoom", ZOOM).documented("zoom/webhook-sample, index.js"),
    row("customer-io", "Customer.io", CUSTOMER_IO)
        .likely("users of it; to be compared with Customer.io Docs, Webhook actions, Securely verify requests"),
    row("webflow", "Webflow", WEBFLOW)
        .documented("Webflow Developers, Verifying webhook signatures")
        .noting("Only webhooks that an OAuth app made are signed so."),
    row("airship", "Airship", AIRSHIP).documented("support.airship.com, Implementing a Signature Hash"),
    row("front", "Front", FRONT)
        .documented("Front Developers, Application webhooks")
        .noting("Of an application. A rule's webhooks are signed otherwise: HMAC-SHA1 over the body, in base64."),
    row("lob", "Lob", LOB)
        .likely(REGISTRY)
        .noting("What its time may be is not known, so it is not judged."),
    row("zendesk", "Zendesk", ZENDESK).documented("Zendesk Developer Docs, Verifying webhooks"),
    row("twitch", "Twitch EventSub", TWITCH)
        .likely("public registries; to be compared with Twitch Developers, Handling webhook events"),
    row("airwallex", "Airwallex", AIRWALLEX)
        .documented("Airwallex Docs, Listen for webhook events, Code examples"),
    row("klaviyo", "Klaviyo", KLAVIYO)
        .likely("hookdeck/webhook-skills; nickdnk/klaviyo, its tests")
        .noting("Its time is a date of HTTP that was seen hours off, so it is not judged."),
    row("box", "Box", BOX)
        .documented("box/box-python-sdk, webhook; Box Dev Docs, Signatures")
        .noting("As in its own library, a clock that is behind refuses what is new."),
    row("sinch", "Sinch", SINCH)
        .documented("Sinch Docs, Conversation API, Callbacks"),
    row("configcat", "ConfigCat", CONFIGCAT)
        .documented("configcat/configcat-proxy, webhook"),
    row("framer", "Framer", FRAMER)
        .likely("users of it; to be compared with Framer Help, Connect Framer forms to a webhook"),
];

const SVIX: Layout = svix("svix-id", "svix-timestamp", "svix-signature");

const FINCH: Layout =
    svix("finch-event-id", "finch-timestamp", "finch-signature").with_key_form(BASE64);

const PERSONA: Layout = hex("persona-signature")
    .with_grammar(Grammar::groups("t", "v1"))
    .with_timestamp(S)
    .with_content(TIME_DOT_BODY);

const AFFIRM: Layout =
    fields(over_body("x-affirm-signature", Hash::Sha512, Encoding::Hex), "v0", S);

const BUILDKITE: Layout = hex("x-buildkite-signature")
    .with_grammar(Grammar::fields(',', "timestamp", "signature"))
    .with_timestamp(S)
    .with_content(TIME_DOT_BODY);

const SANITY: Layout = fields(
    over_body("sanity-webhook-signature", Hash::Sha256, Encoding::Base64Url),
    "v1",
    MS.unenforced(),
);

const CONVOY: Layout = fields(hex("x-convoy-signature"), "v1", S).with_content(TIME_COMMA_BODY);

const PADDLE: Layout = hex("paddle-signature")
    .with_grammar(Grammar::fields(';', "ts", "h1"))
    .with_timestamp(S.within(limit(5, 5)))
    .with_content(TIME_COLON_BODY);

const RECURLY: Layout = hex("recurly-signature")
    .with_grammar(Grammar::Positional { separator: ',' })
    .with_timestamp(MS)
    .with_content(TIME_DOT_BODY);

const SLACK: Layout = hex("x-slack-signature")
    .with_prefix("v0=")
    .with_timestamp(seconds("x-slack-request-timestamp"))
    .with_content(V0_TIME_BODY);

const ZOOM: Layout = hex("x-zm-signature")
    .with_prefix("v0=")
    .with_timestamp(seconds("x-zm-request-timestamp"))
    .with_content(V0_TIME_BODY);

const CUSTOMER_IO: Layout =
    hex("x-cio-signature").with_timestamp(seconds("x-cio-timestamp")).with_content(V0_TIME_BODY);

const WEBFLOW: Layout = hex("x-webflow-signature")
    .with_timestamp(milliseconds("x-webflow-timestamp"))
    .with_content(TIME_COLON_BODY);

const AIRSHIP: Layout =
    hex("x-ua-signature").with_timestamp(seconds("x-ua-timestamp")).with_content(TIME_COLON_BODY);

const FRONT: Layout = base64("x-front-signature")
    .with_timestamp(milliseconds("x-front-request-timestamp"))
    .with_content(TIME_COLON_BODY);

const LOB: Layout = hex("lob-signature")
    .with_timestamp(milliseconds("lob-signature-timestamp").unenforced())
    .with_content(TIME_DOT_BODY);

const ZENDESK: Layout = base64("x-zendesk-webhook-signature")
    .with_timestamp(rfc3339("x-zendesk-webhook-signature-timestamp"))
    .with_content(TIME_BODY);

const TWITCH: Layout = hex("twitch-eventsub-message-signature")
    .with_prefix("sha256=")
    .with_id(HeaderName::from_static("twitch-eventsub-message-id"))
    .with_timestamp(rfc3339("twitch-eventsub-message-timestamp").within(limit(600, 600)))
    .with_content(ID_TIME_BODY);

const AIRWALLEX: Layout =
    hex("x-signature").with_timestamp(milliseconds("x-timestamp")).with_content(TIME_BODY);

const KLAVIYO: Layout = hex("klaviyo-signature")
    .with_timestamp(http_date("klaviyo-timestamp").unenforced())
    .with_content(BODY_TIME);

const BOX: Layout = base64("box-signature-primary")
    .with_source(Source::Headers(
        HeaderName::from_static("box-signature-primary"),
        HeaderName::from_static("box-signature-secondary"),
    ))
    .with_timestamp(rfc3339("box-delivery-timestamp").within(limit(600, 0)))
    .with_content(BODY_TIME);

const SINCH: Layout = base64("x-sinch-webhook-signature")
    .with_id(HeaderName::from_static("x-sinch-webhook-signature-nonce"))
    .with_timestamp(seconds("x-sinch-webhook-signature-timestamp"))
    .with_content(BODY_ID_TIME);

const CONFIGCAT: Layout = base64("x-configcat-webhook-signature-v1")
    .with_grammar(Grammar::list(',', ""))
    .with_id(HeaderName::from_static("x-configcat-webhook-id"))
    .with_timestamp(seconds("x-configcat-webhook-timestamp"))
    .with_content(ID_TIME_BODY);

const FRAMER: Layout = hex("framer-signature")
    .with_prefix("sha256=")
    .with_id(HeaderName::from_static("framer-webhook-submission-id"))
    .with_content(BODY_ID);
