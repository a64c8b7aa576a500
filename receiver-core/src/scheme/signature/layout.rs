//! A sender's signature layout as data: where it is, how it is spelled, what it covers.

use std::borrow::Cow;
use std::mem;

use http::HeaderName;

use super::{Encoding, Grammar, Hash, KeyForm, Part, Source, Timestamp, Unit, UrlForm};
use crate::scheme::Strength;
use crate::{InvalidSecret, Secret};

/// How a sender lays out its signature.
///
/// Plain data, so that a sender is one constant:
///
/// ```
/// use receiver_core::scheme::{Encoding, Grammar, Hash, Layout, Part, Timestamp, Unit};
/// use http::HeaderName;
///
/// const SHOPIFY: Layout = Layout::body(
///     HeaderName::from_static("x-shopify-hmac-sha256"),
///     Hash::Sha256,
///     Encoding::Base64,
/// );
///
/// const TIME_DOT_BODY: &[Part] = &[Part::Timestamp, Part::literal("."), Part::Body];
/// const STRIPE: Layout =
///     Layout::body(HeaderName::from_static("stripe-signature"), Hash::Sha256, Encoding::Hex)
///         .with_grammar(Grammar::fields(',', "t", "v1"))
///         .with_timestamp(Timestamp::beside(Unit::Seconds))
///         .with_content(TIME_DOT_BODY);
/// ```
/// Where the signature is, what of a URL is signed and how the key is read are parts too:
///
/// ```
/// use receiver_core::http::HeaderName;
/// use receiver_core::scheme::{Encoding, Hash, KeyForm, Layout, Part, Place, Source, Strength};
/// use receiver_core::scheme::{Timestamp, Unit, UrlForm};
///
/// const URL_AND_TIME: &[Part] = &[Part::Url(UrlForm::WithoutQuery), Part::Timestamp];
/// const AT: HeaderName = HeaderName::from_static("x-acme-time");
///
/// let acme = Layout::body(HeaderName::from_static("x-acme-signature"), Hash::Sha256, Encoding::Hex)
///     .with_source(Source::Query("sig".into())) // `?sig=…`, not a header
///     .with_timestamp(Timestamp::in_header(AT, Unit::Seconds))
///     .with_content(URL_AND_TIME)
///     .with_key_form(KeyForm::Hex);
///
/// assert_eq!(acme.timestamp().map(Timestamp::place), Some(&Place::Header(AT)));
/// assert_eq!(acme.secret("6b6579")?.expose(), b"key");
/// assert!(acme.needs_public_url());
/// // The body is not signed: whoever saw one request can send it with another body.
/// assert_eq!(acme.strength(), Strength::Metadata);
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub(crate) source: Source,
    pub(crate) grammar: Grammar,
    pub(crate) encoding: Encoding,
    pub(crate) hash: Hash,
    pub(crate) key_form: KeyForm,
    pub(crate) content: Cow<'static, [Part]>,
    pub(crate) id: Option<HeaderName>,
    pub(crate) timestamp: Option<Timestamp>,
}

impl Layout {
    /// A signature over the body alone, bare in this header.
    #[must_use]
    pub const fn body(header: HeaderName, hash: Hash, encoding: Encoding) -> Self {
        Self {
            source: Source::Header(header),
            grammar: Grammar::Bare,
            encoding,
            hash,
            key_form: KeyForm::Text,
            content: Cow::Borrowed(&[Part::Body]),
            id: None,
            timestamp: None,
        }
    }

    /// The same layout with this text before the signature, such as `sha256=`.
    #[must_use]
    pub const fn with_prefix(self, prefix: &'static str) -> Self {
        self.with_grammar(Grammar::prefix(prefix))
    }

    /// The same layout with the signature spelled so.
    #[must_use]
    pub const fn with_grammar(mut self, grammar: Grammar) -> Self {
        put(&mut self.grammar, grammar);
        self
    }

    /// The same layout with the signature there.
    #[must_use]
    pub const fn with_source(mut self, source: Source) -> Self {
        put(&mut self.source, source);
        self
    }

    /// The same layout over these parts, in this order.
    #[must_use]
    pub const fn with_content(mut self, content: &'static [Part]) -> Self {
        put(&mut self.content, Cow::Borrowed(content));
        self
    }

    /// The same layout with the delivery's id, or a nonce, in this header. It is signed only if
    /// [`Part::Id`] is a part of the content.
    #[must_use]
    pub const fn with_id(mut self, header: HeaderName) -> Self {
        put(&mut self.id, Some(header));
        self
    }

    /// The same layout with a timestamp. It is signed only if [`Part::Timestamp`] is a part of the
    /// content.
    #[must_use]
    pub const fn with_timestamp(mut self, timestamp: Timestamp) -> Self {
        put(&mut self.timestamp, Some(timestamp));
        self
    }

    /// The same layout with the key in this form. It says how [`Layout::secret`] reads a text; a
    /// [`Secret`] is the key as it is.
    #[must_use]
    pub const fn with_key_form(mut self, form: KeyForm) -> Self {
        self.key_form = form;
        self
    }

    /// Where the signature is.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// How it is spelled.
    #[must_use]
    pub const fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// How its bytes are encoded.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What it is made with.
    #[must_use]
    pub const fn hash(&self) -> Hash {
        self.hash
    }

    /// How the key is given.
    #[must_use]
    pub const fn key_form(&self) -> KeyForm {
        self.key_form
    }

    /// What it covers.
    #[must_use]
    pub fn content(&self) -> &[Part] {
        &self.content
    }

    /// The header with the delivery's id or a nonce.
    #[must_use]
    pub const fn id(&self) -> Option<&HeaderName> {
        self.id.as_ref()
    }

    /// The timestamp.
    #[must_use]
    pub const fn timestamp(&self) -> Option<&Timestamp> {
        self.timestamp.as_ref()
    }

    /// Whether the sender signs the URL it was given, so that
    /// [`Signature::with_public_url`](super::Signature::with_public_url) is needed.
    #[must_use]
    pub fn needs_public_url(&self) -> bool {
        self.content.iter().any(|part| matches!(part, Part::Url(_)))
    }

    /// What a signature of this layout proves.
    #[must_use]
    pub fn strength(&self) -> Strength {
        let covers_body = |part: &Part| match part {
            // Whoever may write the query may write a digest of any body there.
            Part::BodySha256InQuery(name) => self.signs_query_parameter(name),
            _ => part.covers_body(),
        };
        // The same in every request.
        let is_nothing = |part: &Part| {
            use Part::{BodySha256InQuery, Literal, Method, Url};
            matches!(part, Literal(_) | BodySha256InQuery(_) | Method | Url(UrlForm::WithoutQuery))
        };
        if self.content.iter().any(covers_body) {
            Strength::Body
        } else if !self.content.iter().all(is_nothing) {
            Strength::Metadata
        } else {
            // A signature over nothing but that is the same every time.
            Strength::SharedToken
        }
    }

    /// Whether this query parameter is signed, with the URL or by itself.
    pub(super) fn signs_query_parameter(&self, name: &str) -> bool {
        self.content.iter().any(|part| match part {
            Part::Url(form) => *form != UrlForm::WithoutQuery,
            Part::Query(signed) => signed == name,
            _ => false,
        })
    }

    /// Whether another body could make a signature right or wrong.
    pub(crate) fn depends_on_body(&self) -> bool {
        let is_of_field = |part: &Part| matches!(part, Part::FormField(_));
        self.strength() == Strength::Body || self.content.iter().any(is_of_field)
    }

    /// Makes the key of the text that the sender's settings show.
    ///
    /// # Errors
    ///
    /// Those of [`KeyForm::read`].
    pub fn secret(&self, text: &str) -> Result<Secret, InvalidSecret> {
        self.key_form.read(text)
    }

    /// GitHub and those who copied it: `X-Hub-Signature-256: sha256=<hex>` over the body.
    /// Source: GitHub's documentation, "Validating webhook deliveries".
    pub const GITHUB: Self =
        Self::body(HeaderName::from_static("x-hub-signature-256"), Hash::Sha256, Encoding::Hex)
            .with_prefix("sha256=");

    /// Standard Webhooks: `webhook-signature: v1,<base64> v1,<base64>` over
    /// `webhook-id.webhook-timestamp.body`. Source: the Standard Webhooks specification.
    pub const STANDARD_WEBHOOKS: Self =
        Self::body(HeaderName::from_static("webhook-signature"), Hash::Sha256, Encoding::Base64)
            .with_grammar(Grammar::list(' ', "v1,"))
            .with_key_form(KeyForm::Whsec)
            .with_id(HeaderName::from_static("webhook-id"))
            .with_timestamp(Timestamp::in_header(
                HeaderName::from_static("webhook-timestamp"),
                Unit::Seconds,
            ))
            .with_content(ID_TIME_BODY);
}

/// Replaces a value in a constant, where nothing can be dropped. What is replaced is the value that
/// [`Layout::body`] put there, which owns nothing.
const fn put<T>(place: &mut T, value: T) {
    mem::forget(mem::replace(place, value));
}

const ID_TIME_BODY: &[Part] =
    &[Part::Id, Part::literal("."), Part::Timestamp, Part::literal("."), Part::Body];
