//! Senders that sign the body alone, or with a fixed text: a delivery can be sent again at any time.

use std::borrow::Cow;

use http::HeaderName;

use super::Sender;
use super::row::{BASE64, HEX, base64, hex, over_body, row, sha1, sha512};
use crate::scheme::{Encoding, Grammar, Hash, Layout, Part, Source};

pub(super) static SENDERS: [Sender; 51] = [
    row("github", "GitHub", Layout::GITHUB)
        .documented("GitHub Docs, Validating webhook deliveries"),
    row("github-sha1", "GitHub, the older header", sha1("x-hub-signature").with_prefix("sha1="))
        .documented("GitHub Docs, Webhook events and payloads; google/go-github, messages_test.go")
        .noting("GitHub sends the SHA-256 header too: prefer `github`."),
    row("meta", "Meta (Facebook, Instagram, WhatsApp)", Layout::GITHUB)
        .documented("Meta for Developers, Graph API Webhooks, Validating payloads")
        .noting("Signed with non-ASCII letters as `\\u` escapes, which is how they are sent."),
    row("bitbucket", "Bitbucket, Jira", hex("x-hub-signature").with_prefix("sha256="))
        .documented("Atlassian Support, Manage webhooks, Secure webhooks"),
    row("gitea", "Gitea, Forgejo", hex("x-gitea-signature"))
        .likely("go-playground/webhooks, gitea"),
    row("gogs", "Gogs", hex("x-gogs-signature")).likely("go-playground/webhooks, gogs"),
    row("shopify", "Shopify", base64("x-shopify-hmac-sha256"))
        .documented("Shopify/shopify-api-js, webhooks/validate"),
    row("woocommerce", "WooCommerce", base64("x-wc-webhook-signature"))
        .likely("public registries; to be compared with WooCommerce Docs, Webhooks"),
    row("line", "LINE", base64("x-line-signature")).documented("line/line-bot-sdk-python, webhook"),
    row("typeform", "Typeform", base64("typeform-signature").with_prefix("sha256="))
        .documented("Typeform Developers, Secure your webhooks"),
    row("x", "X (Twitter)", base64("x-twitter-webhooks-signature").with_prefix("sha256="))
        .likely("public registries; to be compared with X Developer Platform, Securing webhooks")
        .noting("Its CRC makes you sign a word of anybody's choice: read the body as JSON before you believe it."),
    row("xero", "Xero", base64("x-xero-signature"))
        .documented("Xero Developer, Configuring your server")
        .noting("Its first requests have wrong signatures on purpose and want a 401."),
    row("quickbooks", "QuickBooks", base64("intuit-signature"))
        .likely("public registries; to be compared with Intuit Developer, Validating notifications"),
    row("heroku", "Heroku", base64("heroku-webhook-hmac-sha256"))
        .documented("Heroku Dev Center, App Webhooks"),
    row("docusign", "DocuSign Connect", base64("x-docusign-signature-1").with_source(DOCUSIGN))
        .documented("DocuSign Developers, HMAC security with DocuSign Connect")
        .noting("One header a key. The key is the base64 text itself."),
    row("hookdeck", "Hookdeck", base64("x-hookdeck-signature").with_source(HOOKDECK))
        .likely("hookdeck/webhook-skills"),
    row("linear", "Linear", hex("linear-signature"))
        .documented("linear/linear, packages/sdk/src/webhooks")
        .noting("Its time is in the body, `webhookTimestamp` in ms: judge it after verification."),
    row("sentry", "Sentry", hex("sentry-hook-signature"))
        .documented("getsentry/sentry, issue 38443")
        .noting("Its timestamp header is not signed and says nothing."),
    row("dropbox", "Dropbox", hex("x-dropbox-signature"))
        .documented("Dropbox Developers, Webhooks"),
    row("notion", "Notion", hex("x-notion-signature").with_prefix("sha256="))
        .likely("hookdeck/webhook-skills; to be compared with Notion Developers, Webhooks"),
    row("razorpay", "Razorpay", hex("x-razorpay-signature"))
        .documented("razorpay/razorpay-python, utility"),
    row("gocardless", "GoCardless", hex("webhook-signature"))
        .documented("gocardless/gocardless-pro-python, webhooks")
        .noting("The header has the name of that of Standard Webhooks and is something else."),
    row("coinbase-commerce", "Coinbase Commerce", hex("x-cc-webhook-signature"))
        .documented("coinbase/coinbase-commerce-python, webhook"),
    row("lemon-squeezy", "Lemon Squeezy", hex("x-signature"))
        .likely("public registries; to be compared with Lemon Squeezy Docs, Signing requests"),
    row("clickup", "ClickUp", hex("x-signature"))
        .documented("ClickUp Developer, Webhook signature"),
    row("modern-treasury", "Modern Treasury", hex("x-signature")).documented("docs.moderntreasury.com, Verifying webhooks"),
    row("mollie", "Mollie", hex("x-mollie-signature").with_grammar(MOLLIE))
        .documented("mollie/mollie-api-php, SignatureValidator")
        .noting("Classic webhooks are not signed."),
    row("pusher", "Pusher Channels", hex("x-pusher-signature"))
        .documented("pusher/pusher-http-python, webhook")
        .noting("Its time is in the body, `time_ms`: judge it after verification."),
    row("asana", "Asana", hex("x-hook-signature")).likely("public registries; to be compared with Asana Developers, Webhooks guide"),
    row("pagerduty", "PagerDuty", hex("x-pagerduty-signature").with_grammar(V1))
        .documented("PagerDuty Developer, Verifying webhook signatures"),
    row("circleci", "CircleCI", hex("circleci-signature").with_grammar(V1))
        .documented("CircleCI Docs, Webhooks, Validate webhooks"),
    row("cursor", "Cursor", hex("x-webhook-signature").with_prefix("sha256="))
        .likely("hookdeck/webhook-skills"),
    row("airtable", "Airtable", AIRTABLE)
        .likely("public registries; to be compared with Airtable Web API, Webhooks, Webhook notification delivery"),
    row("ms-teams", "Microsoft Teams, outgoing webhooks", TEAMS)
        .documented("Microsoft Learn, Create an outgoing webhook"),
    row("squarespace", "Squarespace", hex("squarespace-signature").with_key_form(HEX))
        .likely("public registries; to be compared with Squarespace Developers, Webhook subscriptions API"),
    row("cronofy", "Cronofy", base64("cronofy-hmac-sha256").with_grammar(Grammar::list(',', "")))
        .likely("hookdeck/webhook-skills; to be compared with Cronofy Docs, Push notifications, Authentication"),
    row("vercel", "Vercel", sha1("x-vercel-signature"))
        .likely("public registries; to be compared with Vercel Docs, Webhooks API, Securing webhooks"),
    row("intercom", "Intercom", sha1("x-hub-signature").with_prefix("sha1="))
        .documented("Intercom Developers, Webhooks, Signed notifications"),
    row("segment", "Segment", sha1("x-signature")).likely("public registries; to be compared with Segment Docs, Webhooks destination"),
    row("mongodb-atlas", "MongoDB Atlas", MONGODB)
        .documented("MongoDB Docs, Atlas, Integrate with webhooks"),
    row("autodesk-aps", "Autodesk APS", sha1("x-adsk-signature").with_prefix("sha1hash="))
        .documented("Autodesk Platform Services, Webhooks, Secret tokens"),
    row("paystack", "Paystack", sha512("x-paystack-signature"))
        .likely("public registries; to be compared with Paystack Docs, Webhooks, Verify event origin"),
    row("authorize-net", "Authorize.Net", AUTHORIZE_NET)
        .likely("stymiee/authnetjson, AuthnetWebhookTest")
        .noting("The key is the hexadecimal text itself, not what it spells."),
    row("onfleet", "Onfleet", sha512("x-onfleet-signature").with_key_form(HEX))
        .likely("n8n-io/n8n, Onfleet trigger; to be compared with Onfleet API, Webhooks, Secrets and authentication"),
    row("merge", "Merge", MERGE).likely("public registries; to be compared with Merge Docs, Webhooks, Security"),
    row("getstream", "Stream (GetStream)", hex("x-signature"))
        .likely("pull requests to the GetStream SDKs")
        .noting("Signed before compression: switch compression off at the sender."),
    row("akeneo", "Akeneo", sha512("signature").with_prefix("sha512="))
        .likely("a pull request to akeneo/pim-api-docs"),
    row("convoy-simple", "Convoy, simple signatures", hex("x-convoy-signature"))
        .documented("frain-dev/convoy, pkg/signature/testdata")
        .noting("Hash, encoding and header are what the project's settings say."),
    row("grafana", "Grafana Alerting", hex("x-grafana-alerting-signature"))
        .documented("grafana/grafana, pull request 100960")
        .noting("As long as its settings name no other header, and none for a timestamp."),
    row("linkedin", "LinkedIn", hex("x-li-signature").with_content(LINKEDIN))
        .documented("Microsoft Learn, LinkedIn, Webhook validation"),
    row("deel", "Deel", hex("x-deel-signature").with_content(DEEL))
        .documented("Deel Developers, Get started with webhooks, Security"),
];

const MOLLIE: Grammar =
    Grammar::List { separator: ',', prefix: Cow::Borrowed("sha256="), optional: true };

const V1: Grammar = Grammar::list(',', "v1=");

const DOCUSIGN: Source =
    Source::Numbered { stem: HeaderName::from_static("x-docusign-signature"), last: 100 };

const HOOKDECK: Source = Source::Headers(
    HeaderName::from_static("x-hookdeck-signature"),
    HeaderName::from_static("x-hookdeck-signature-2"),
);

const AIRTABLE: Layout =
    hex("x-airtable-content-mac").with_prefix("hmac-sha256=").with_key_form(BASE64);

const TEAMS: Layout =
    base64("authorization").with_grammar(Grammar::word("HMAC")).with_key_form(BASE64);

const MONGODB: Layout = over_body("x-mms-signature", Hash::Sha1, Encoding::Base64);

const AUTHORIZE_NET: Layout = sha512("x-anet-signature").with_prefix("sha512=");

const MERGE: Layout = over_body("x-merge-webhook-signature", Hash::Sha256, Encoding::Base64Url);

const LINKEDIN: &[Part] = &[Part::literal("hmacsha256="), Part::Body];

const DEEL: &[Part] = &[Part::literal("POST"), Part::Body];
