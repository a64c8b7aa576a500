//! Voalle: an ERP for internet providers tells of contracts, connections, tickets and titles.
//!
//! One POST a trigger, JSON, in an envelope around one object or several, without an event id. The
//! headers `username` and `password` are mandatory; partners of the other dialect agree on a token.
//! The answer is JSON with a code and a text, which the ERP's operators read in their list of
//! deliveries. Sources: the vendor's guide to its standard integration and its page on Webhook Data
//! Storage, bodies of contracts seen in the wild, and public receivers.
//!
//! ```
//! use receiver_core::voalle::{Event, Subject};
//! use receiver_core::{Received, Reply, Secret, voalle};
//!
//! let receiver = voalle::username_password("erp", Secret::new("correct horse")?)?;
//!
//! async fn handle(received: Received<Event>) -> Reply {
//!     for change in &received.event.changes {
//!         match &change.subject {
//!             Subject::Contract(contract) => println!("{} {}", change.kind(), contract.number),
//!             Subject::TitlePaid(title) => println!("{} {:?}", change.kind(), title.total_amount),
//!             _ => {} // A kind this handler does not need is accepted too.
//!         }
//!     }
//!     received.receipt.accepted_saying("received")
//! }
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```

use http::{HeaderName, Method};
use serde::Serialize;

use crate::event::Media;
use crate::scheme::{Bearer, HeaderPair, Scheme, Token};
#[cfg(feature = "testing")]
use crate::testing::Way;
use crate::{Content, Delivery, EventKey, InvalidSecret, Key, Notice, ParseError, Receiver, json};

pub use change::{Action, Change, Other, Subject};
pub use common::{Client, CompanyPlace, Entry, Party, Reference, State, ThirdPartyInformation};
pub use connection::Connection;
pub use contract::{Address, Contract, ContractStage, ContractStatus, Service};
pub use signature::{ElectronicSignature, Signature, SignatureStatus, SigningLink};
pub use subscription::{
    Patrimony, ServiceTag, SubscribedContract, SubscribedService, Subscription,
};
pub use ticket::{Label, Report, Solicitation};
pub use title::{Competence, TitleIssued, TitlePaid};

mod change;
mod common;
mod connection;
mod contract;
mod member;
mod reading;
mod signature;
mod subscription;
#[cfg(test)]
mod tests;
mod ticket;
mod title;

/// What one delivery says: one change as a rule, several when the ERP sends an array.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Event {
    /// The changes, never none. Those of an array are in its order.
    pub changes: Vec<Change>,
}

/// An endpoint for the ERP's standard integration: user name and password as the plain headers
/// `username` and `password`, without which the ERP sends nothing.
///
/// # Errors
///
/// Those of [`HeaderPair::new`].
pub fn username_password(
    user: impl AsRef<[u8]>,
    password: impl Into<Key>,
) -> Result<Receiver<Event>, InvalidSecret> {
    Ok(receiver(HeaderPair::username_password(user, password)?))
}

/// An endpoint for a partner's integration, with this token in any of the places that partners have
/// it: `Authorization: Bearer TOKEN`, the whole `Authorization` value, `x-api-key` or `Token`.
///
/// # Errors
///
/// Those of [`Bearer::new`].
pub fn token(token: impl Into<Key>) -> Result<Receiver<Event>, InvalidSecret> {
    let key = token.into();
    let api_key = HeaderName::from_static("x-api-key");
    Ok(receiver(
        Bearer::new(key.clone())?
            .or(Token::authorization(key.clone())?)
            .or(Token::header(api_key, key.clone())?)
            .or(Token::header(HeaderName::from_static("token"), key)?),
    ))
}

/// An endpoint with a scheme of your choice: the ERP can send any headers, and parameters in the
/// query.
///
/// ```
/// use http::HeaderName;
/// use receiver_core::scheme::{HeaderPair, Scheme, Token};
/// use receiver_core::{Secret, voalle};
///
/// // A partner's integration that sends `Username`, `Password` and `Token`, all three needed.
/// let receiver = voalle::receiver(
///     HeaderPair::username_password("erp", Secret::new("correct horse")?)?
///         .and(Token::header(HeaderName::from_static("token"), Secret::new("battery")?)?),
/// );
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[must_use]
pub fn receiver(scheme: impl Scheme + 'static) -> Receiver<Event> {
    Receiver::new(scheme)
}

impl crate::Event for Event {
    type Options = ();

    const SENDER: &'static str = "voalle";

    // The method is a field of the ERP's form. Every example has POST; PUT carries a body alike.
    const METHODS: &'static [Method] = &[Method::POST, Method::PUT];

    const MEDIA: &'static [Media] = &[Media::Json, Media::Unnamed];

    fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        let text = json::check(json::without_bom(delivery.request().body()))?;
        Ok(Self { changes: reading::changes(text, delivery.sender())? })
    }

    /// The kind of its changes, such as `contract.updated`; `mixed` when they are of several kinds.
    fn kind(&self) -> &str {
        let mut kinds = self.changes.iter().map(Change::kind);
        match kinds.next() {
            Some(first) if kinds.all(|kind| kind == first) => first,
            _ => "mixed",
        }
    }

    /// The keys of its changes. It is no change's own key, so that both can be kept in one place.
    fn key(&self, key: EventKey) -> Option<EventKey> {
        let keys = self.changes.iter().map(|change| change.key().digest());
        Some(keys.fold(key, |key, digest| key.part("change", digest)))
    }

    /// `{"StatusCode":"200","Content":"..."}`, both text, for what is refused as well: the ERP shows
    /// it to its operators. What the handler says is the content.
    fn answer(notice: &Notice<'_>) -> Content {
        let (status, content) = match *notice {
            Notice::Accepted { status, outcome, message } => {
                (status, message.unwrap_or(outcome).to_owned())
            }
            Notice::Refused(problem) => {
                let detail = problem.detail().map(|detail| format!(": {detail}"));
                (problem.status(), [problem.title(), &detail.unwrap_or_default()].concat())
            }
        };
        Content::json(&Answer { status_code: status.as_str(), content })
            .unwrap_or_else(|_| Content::usual(notice))
    }
}

/// The form of an answer, from the vendor's guide.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Answer<'a> {
    status_code: &'a str,
    content: String,
}

/// How it proves itself.
#[cfg(feature = "testing")]
pub(super) static WAYS: [Way; 5] = [
    Way::Pair(HeaderName::from_static("username"), HeaderName::from_static("password")),
    Way::BEARER,
    Way::AUTHORIZATION,
    Way::Header(HeaderName::from_static("x-api-key")),
    Way::Header(HeaderName::from_static("token")),
];

/// A synthetic payload for each kind.
#[cfg(feature = "samples")]
pub(super) const SAMPLES: &[crate::samples::Sample] = &[
    crate::samples::json!("voalle", "connection.created"),
    crate::samples::json!("voalle", "connection.deleted"),
    crate::samples::json!("voalle", "connection.updated"),
    crate::samples::json!("voalle", "contract.created.guide"),
    crate::samples::json!("voalle", "contract.created"),
    crate::samples::json!("voalle", "contract.deleted"),
    crate::samples::json!("voalle", "contract.updated"),
    crate::samples::json!("voalle", "dialect_b"),
    crate::samples::json!("voalle", "report.created"),
    crate::samples::json!("voalle", "report.deleted"),
    crate::samples::json!("voalle", "report.updated"),
    crate::samples::json!("voalle", "signature.created"),
    crate::samples::json!("voalle", "signature.deleted"),
    crate::samples::json!("voalle", "signature.updated"),
    crate::samples::json!("voalle", "solicitation.created"),
    crate::samples::json!("voalle", "solicitation.deleted"),
    crate::samples::json!("voalle", "solicitation.updated"),
    crate::samples::json!("voalle", "subscription"),
    crate::samples::json!("voalle", "title_issued.created"),
    crate::samples::json!("voalle", "title_issued.deleted"),
    crate::samples::json!("voalle", "title_issued.updated"),
    crate::samples::json!("voalle", "title_paid.created"),
    crate::samples::json!("voalle", "title_paid.deleted"),
    crate::samples::json!("voalle", "title_paid.updated"),
];
