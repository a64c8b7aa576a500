//! Senders that sign the URL they were given, fields of a form, or something other than the body.

use std::borrow::Cow;

use http::HeaderName;

use super::Sender;
use super::row::{MS, base64, hex, milliseconds, over_body, row};
use crate::scheme::{Encoding, Grammar, Hash, KeyForm, Layout, Part, Source, UrlForm};

pub(super) static SENDERS: [Sender; 11] = [
    row("twilio", "Twilio, form bodies", TWILIO)
        .documented("twilio/twilio-python, request_validator; Twilio Docs, Webhooks security")
        .noting("Nothing stands between query, names and values: where each ends is not signed. Give it a URL without a query."),
    row("twilio-json", "Twilio, other bodies", TWILIO.with_content(TWILIO_JSON))
        .documented("twilio/twilio-python, request_validator; Twilio Docs, Webhooks security")
        .noting("Give Twilio a URL for forms and another one for this: what is signed for the one could be read as the other."),
    row("mandrill", "Mandrill", MANDRILL)
        .documented("Mailchimp Developer, Authenticating webhook requests")
        .noting("Nothing stands between query, names and values: where each ends is not signed. Give it a URL without a query."),
    row("square", "Square", base64("x-square-hmacsha256-signature").with_content(URL_BODY))
        .documented("square/square-nodejs-sdk, webhooks helper; Square Docs, Validate webhooks"),
    row("trello", "Trello", TRELLO).likely("hookdeck/webhook-skills; to be compared with Atlassian Developer, Trello, Webhooks"),
    row("hubspot-v3", "HubSpot v3", HUBSPOT_V3)
        .documented("HubSpot Docs, Request validation; HubSpot/hubspot-api-python, test_signature")
        .noting("It signs some percent escapes of the URL decoded: keep the URL free of them."),
    row("hubspot-v2", "HubSpot v2", HUBSPOT_V1.with_content(METHOD_URL_BODY))
        .documented("HubSpot Docs, Request validation, v2")
        .noting("No HMAC: prefer `hubspot-v3`, which HubSpot sends too."),
    row("hubspot-v1", "HubSpot v1", HUBSPOT_V1)
        .documented("HubSpot Docs, Request validation, v1")
        .noting("No HMAC: prefer `hubspot-v3`, which HubSpot sends too."),
    row("plivo-v2", "Plivo v2", PLIVO)
        .documented("plivo/plivo-python, test_signature")
        .noting("The body is not signed: believe that Plivo called, not what it said."),
    row("mercado-pago", "Mercado Pago", MERCADO_PAGO)
        .documented("Mercado Pago Developers, Webhooks, Validate notification origin")
        .noting("The body is not signed, the time not judged: read the payment from the API. Requests without `data.id` or `x-request-id` are refused, and a `data.id` with capitals, as orders have, because its small letters are signed."),
    row("braintree", "Braintree", BRAINTREE)
        .documented("braintree/braintree_python, webhook_notification_gateway")
        .noting("Only `bt_payload` is signed: the rest of the form is not signed, so do not read it."),
];

const TWILIO: Layout =
    over_body("x-twilio-signature", Hash::Sha1, Encoding::Base64).with_content(TWILIO_FORM);

const MANDRILL: Layout =
    over_body("x-mandrill-signature", Hash::Sha1, Encoding::Base64).with_content(URL_FORM);

const TRELLO: Layout =
    over_body("x-trello-webhook", Hash::Sha1, Encoding::Base64).with_content(BODY_URL);

const HUBSPOT_V1: Layout = over_body("x-hubspot-signature", Hash::PlainSha256, Encoding::Hex);

const HUBSPOT_V3: Layout = base64("x-hubspot-signature-v3")
    .with_timestamp(milliseconds("x-hubspot-request-timestamp"))
    .with_content(METHOD_URL_BODY_TIME);

const PLIVO: Layout = base64("x-plivo-signature-v2")
    .with_id(HeaderName::from_static("x-plivo-signature-v2-nonce"))
    .with_content(BARE_URL_ID);

const MERCADO_PAGO: Layout = hex("x-signature")
    .with_grammar(Grammar::fields(',', "ts", "v1"))
    .with_id(HeaderName::from_static("x-request-id"))
    .with_timestamp(MS.unenforced())
    .with_content(MANIFEST);

const BRAINTREE: Layout = over_body("bt-signature", Hash::Sha1, Encoding::Hex)
    .with_source(Source::Form(Cow::Borrowed("bt_signature")))
    .with_grammar(Grammar::Named { separator: '&', joint: '|' })
    .with_key_form(KeyForm::Sha1)
    .with_content(BT_PAYLOAD);

const URL: Part = Part::Url(UrlForm::Full);
const EITHER_PORT: Part = Part::Url(UrlForm::EitherPort);
const URL_BODY: &[Part] = &[URL, Part::Body];
const URL_FORM: &[Part] = &[URL, Part::Form];
const BODY_URL: &[Part] = &[Part::Body, URL];
const BARE_URL_ID: &[Part] = &[Part::Url(UrlForm::WithoutQuery), Part::Id];
const METHOD_URL_BODY: &[Part] = &[Part::Method, URL, Part::Body];
const METHOD_URL_BODY_TIME: &[Part] = &[Part::Method, URL, Part::Body, Part::Timestamp];
const TWILIO_FORM: &[Part] = &[EITHER_PORT, Part::Form];
const TWILIO_JSON: &[Part] = &[EITHER_PORT, Part::BodySha256InQuery(Cow::Borrowed("bodySHA256"))];
const BT_PAYLOAD: &[Part] = &[Part::FormField(Cow::Borrowed("bt_payload"))];

const MANIFEST: &[Part] = &[
    Part::literal("id:"),
    Part::Query(Cow::Borrowed("data.id")),
    Part::literal(";request-id:"),
    Part::Id,
    Part::literal(";ts:"),
    Part::Timestamp,
    Part::literal(";"),
];
