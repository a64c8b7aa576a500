//! Senders that no row can say, and why.

/// A sender that no row can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uncovered {
    /// The sender.
    pub title: &'static str,
    /// Why.
    pub because: &'static str,
}

/// The senders that no row can say.
pub const UNCOVERED: &[Uncovered] = &[
    not("Adyen", IN_BODY),
    not("AWS SNS", "the signature is in the body, by a certificate named there"),
    not("Contentful", "the request names the headers that are signed"),
    not("Discord", "Ed25519, by a public key: use `Ed25519::discord` (feature `ed25519`)"),
    not("eBay", "ECDSA, by a key that must be fetched"),
    not("FusionAuth", JWT),
    not("GitLab", TOKEN),
    not("Jira Connect", JWT),
    not("Keygen", "HTTP message signatures, by a public key"),
    not("Kinde", "the body is a JWT"),
    not("Mailgun", IN_BODY),
    not("MessageBird", JWT),
    not("Microsoft Graph", "a shared token, in the body"),
    not("Netlify", JWT),
    not("PayPal", "RSA, by a certificate that the request names"),
    not("Plaid", JWT),
    not("Plivo v3", "URL, query and body are glued in a way of its own"),
    not("Scalr", "its timestamp is a date in a form of its own"),
    not("SendGrid", "ECDSA, by a public key"),
    not(
        "Standard Webhooks v1a",
        "Ed25519, by a public key: use `Ed25519::standard_webhooks` (feature `ed25519`)",
    ),
    not("Telegram", TOKEN),
    not("Telnyx", "Ed25519, by a public key: use `Ed25519::telnyx` (feature `ed25519`)"),
    not("Vonage", JWT),
    not("Wise", "RSA, by a public key"),
];

const fn not(title: &'static str, because: &'static str) -> Uncovered {
    Uncovered { title, because }
}

const IN_BODY: &str = "the signature is in the body, which would have to be parsed first";
const JWT: &str = "a JWT";
const TOKEN: &str = "no signature but a token in a header: use `Token`";
