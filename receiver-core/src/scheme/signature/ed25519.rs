//! `Ed25519`: signatures by a private key that only the sender has.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use ed25519_dalek::{Signature, VerifyingKey};
#[cfg(feature = "testing")]
use ed25519_dalek::{Signer as _, SigningKey};
use http::HeaderName;

pub use public_key::{InvalidPublicKey, PublicKey};

use super::reader::Reader;
use super::{Encoding, Grammar, Hash, InvalidUrl, Layout, Part, Timestamp, Unit};
use crate::Request;
#[cfg(feature = "testing")]
use crate::key::Label;
use crate::key::Ring;
use crate::scheme::{AuthError, Proof, Scheme, Tolerance};

mod public_key;

/// An Ed25519 signature (RFC 8032) over the request, laid out as the sender's [`Layout`] says.
///
/// The key is public: whoever reads it out of this service's configuration can forge nothing.
/// Verification is strict: a signature has one spelling only, so it can be kept as a mark of what
/// was received, and keys of small order, under which a signature fits any content, are no keys.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use receiver_core::scheme::{Ed25519, PublicKey, Scheme};
/// use receiver_core::Request;
///
/// let key = PublicKey::from_whpk("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")?;
/// let scheme = Ed25519::standard_webhooks(key.with_id("2021"));
///
/// let headers = vec![
///     ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
///     ("webhook-timestamp", "1614265330"),
///     (
///         "webhook-signature",
///         "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
///     ),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body(r#"{"test": 2432232314}"#);
/// let now = UNIX_EPOCH + Duration::from_secs(1_614_265_330);
/// assert_eq!(scheme.verify(&request, now)?.key().as_str(), "2021");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Ed25519 {
    reader: Reader,
    ring: Ring<VerifyingKey>,
}

impl Ed25519 {
    /// Signatures of this layout, by the owner of this key.
    ///
    /// Of the layout, hash and key form are not looked at: they are for
    /// [`Signature`](super::Signature).
    #[must_use]
    pub fn new(layout: Layout, key: PublicKey) -> Self {
        let PublicKey { label, point } = key;
        Self { ring: Ring::new(&label, point), reader: Reader::new(layout) }
    }

    /// [Standard Webhooks](https://www.standardwebhooks.com) with a public key:
    /// `webhook-signature: v1a,<base64>` over `webhook-id.webhook-timestamp.body`. Make the key with
    /// [`PublicKey::from_whpk`]. Source: the Standard Webhooks specification, "Signature scheme".
    #[must_use]
    pub fn standard_webhooks(key: PublicKey) -> Self {
        Self::new(Layout::STANDARD_WEBHOOKS.with_grammar(Grammar::list(' ', "v1a,")), key)
    }

    /// Discord: `X-Signature-Ed25519: <hex>` over the text of `X-Signature-Timestamp` and the body.
    /// Make the key with [`PublicKey::from_hex`].
    ///
    /// Discord does not say how old a timestamp may be: 5 minutes unless said. It sends wrong
    /// signatures on purpose and wants the 401. Its `PING` is an event like any other, whose answer
    /// goes through the receipt. Source: Discord's documentation, "Interactions
    /// Overview", "Validating Security Request Headers".
    #[must_use]
    pub fn discord(key: PublicKey) -> Self {
        let timestamp = HeaderName::from_static("x-signature-timestamp");
        let layout = layout("x-signature-ed25519", Encoding::Hex, timestamp);
        Self::new(layout.with_content(TIME_BODY), key)
    }

    /// Telnyx: `telnyx-signature-ed25519: <base64>` over the text of `telnyx-timestamp`, a `|` and
    /// the body. Make the key with [`PublicKey::from_base64`]. Source: Telnyx's own libraries, whose
    /// tolerance of 5 minutes this is.
    #[must_use]
    pub fn telnyx(key: PublicKey) -> Self {
        let timestamp = HeaderName::from_static("telnyx-timestamp");
        let layout = layout("telnyx-signature-ed25519", Encoding::Base64, timestamp);
        Self::new(layout.with_content(TIME_BAR_BODY), key)
    }

    /// One more key that is accepted, as during a rotation.
    #[must_use]
    pub fn with(mut self, key: PublicKey) -> Self {
        let PublicKey { label, point } = key;
        self.ring.push(&label, point);
        self
    }

    /// As [`Signature::with_tolerance`](super::Signature::with_tolerance).
    #[must_use]
    pub fn with_tolerance(self, tolerance: Tolerance) -> Self {
        Self { reader: self.reader.with_tolerance(tolerance), ..self }
    }

    /// As [`Signature::with_public_url`](super::Signature::with_public_url).
    ///
    /// # Errors
    ///
    /// [`InvalidUrl`], for what no sender can be given.
    pub fn with_public_url(self, url: &str) -> Result<Self, InvalidUrl> {
        Ok(Self { reader: self.reader.with_public_url(url)?, ..self })
    }

    /// What the owner of this private key would add to a request, for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn sign_request(
        &self,
        private_key: &[u8; 32],
        draft: &Request<'_>,
        id: &str,
        now: SystemTime,
    ) -> Result<super::Signed, AuthError> {
        super::sign::sign(&self.reader, draft, (id, now), |content, url| {
            let mut message = Vec::new();
            content.feed(url, &mut |piece| message.extend_from_slice(piece));
            Ok(SigningKey::from_bytes(private_key).sign(&message).to_bytes().to_vec())
        })
    }

    /// The public key of this private key, for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn of_private_key(layout: Layout, private_key: &[u8; 32]) -> Self {
        let ring =
            Ring::new(&Label::default(), SigningKey::from_bytes(private_key).verifying_key());
        Self { ring, reader: Reader::new(layout) }
    }

    /// How the sender lays out its signature.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.reader.layout
    }
}

impl Scheme for Ed25519 {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let reader = &self.reader;
        let presented = reader.presented(request)?;
        let content = reader.content(request, &presented, now)?;
        let sent = reader.signatures(&presented).take(MOST);
        let signatures: Vec<_> =
            sent.filter_map(|sent| Signature::from_slice(sent.as_ref()).ok()).collect();

        for url in reader.urls()? {
            // Strict verification takes the content in one piece.
            let mut message = Vec::with_capacity(request.body().len().saturating_add(256));
            content.feed(url, &mut |piece| message.extend_from_slice(piece));
            for (id, key) in self.ring.active(now)? {
                if signatures.iter().any(|sent| key.verify_strict(&message, sent).is_ok()) {
                    let proof = Proof::new("ed25519", id.clone());
                    let signed_at = content.signed_at();
                    return Ok(Proof { signed_at, ..proof.with_strength(reader.strength) });
                }
            }
        }
        Err(reader.mismatch(&presented))
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"Signature realm="webhook""#)
    }
}

/// Prints the names of the keys; no URL, because one may hold a password.
impl fmt::Debug for Ed25519 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ed25519")
            .field("layout", &self.reader.layout)
            .field("keys", &self.ring)
            .finish_non_exhaustive()
    }
}

/// One signature in a header, and a timestamp in seconds in another.
fn layout(header: &'static str, encoding: Encoding, timestamp: HeaderName) -> Layout {
    Layout::body(HeaderName::from_static(header), Hash::Sha512, encoding)
        .with_timestamp(Timestamp::in_header(timestamp, Unit::Seconds))
}

const TIME_BODY: &[Part] = &[Part::Timestamp, Part::Body];
const TIME_BAR_BODY: &[Part] = &[Part::Timestamp, Part::literal("|"), Part::Body];

/// How many of the signatures in a request are tried. Unlike an HMAC, each hashes the whole body
/// again for each key, and a header has room for hundreds.
const MOST: usize = 8;
