//! `Change`: what happened to one thing.

use super::connection::Connection;
use super::contract::Contract;
use super::signature::Signature;
use super::subscription::Subscription;
use super::ticket::{Report, Solicitation};
use super::title::{TitleIssued, TitlePaid};
use crate::EventKey;
use crate::wire::date::LocalTime;
use crate::wire::open::open_enum;
use crate::wire::{Private, Unread};

/// Something happened to one thing: a contract, a ticket, a title.
#[derive(Clone, Debug)]
pub struct Change {
    /// The provider's company in the ERP, by its id.
    pub company_id: Option<String>,
    /// The company's tax id (CNPJ).
    pub company_tx_id: Option<Private>,
    /// What happened. A [`Subscription`] does not say.
    pub action: Option<Action>,
    /// What it happened to.
    pub subject: Subject,
    kind: String,
    key: EventKey,
}

impl Change {
    /// `content` is what else tells this change from others of the same thing.
    pub(super) fn new(
        sender: &str,
        company_id: Option<String>,
        company_tx_id: Option<Private>,
        action: Option<Action>,
        subject: Subject,
        content: impl AsRef<[u8]>,
    ) -> Self {
        let kind = match &action {
            None => subject.name().to_owned(),
            Some(Action::Created) => format!("{}.created", subject.name()),
            Some(Action::Updated) => format!("{}.updated", subject.name()),
            Some(Action::Deleted) => format!("{}.deleted", subject.name()),
            Some(Action::Other(code)) => format!("{}.{code}", subject.name()),
        };
        let key = EventKey::of(sender).part("kind", &kind);
        let key = key.optional("company", company_id.as_deref());
        let key = subject.identify(key).part("content", content);
        Self { company_id, company_tx_id, action, subject, kind, key }
    }

    /// What happened to what: `contract.updated`, `title_paid.created`. A [`Subscription`] is
    /// `subscription`, an action that is new is its number (`contract.9`), and an object that is new
    /// has the name it was sent under (`FiscalDocument.created`).
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// What makes this change recognisable when it is sent again: the kind, the company, the thing's
    /// own number, and the JSON text of the object, which the ERP stores and sends again as it was.
    ///
    /// The last is needed because a thing has no version: without it the second update of a contract
    /// would look like the first. It also means that a contract that goes back to an earlier state
    /// has an earlier key, so forget keys after some days.
    #[must_use]
    pub fn key(&self) -> &EventKey {
        &self.key
    }
}

open_enum! {
    /// What happened.
    pub enum Action: i64 {
        /// It is new (inclusão).
        Created = 0,
        /// It was changed (alteração).
        Updated = 1,
        /// It was removed (exclusão).
        Deleted = 2,
    }
}

/// What a change is about.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub enum Subject {
    /// A contract (`Contract`).
    Contract(Box<Contract>),
    /// A connection (`Authentication`).
    Connection(Box<Connection>),
    /// A ticket (`Solicitations`).
    Solicitation(Box<Solicitation>),
    /// A note on a ticket (`SolicitationReport`).
    Report(Box<Report>),
    /// Something to be paid (`FinancialReceivableTitle`).
    TitleIssued(Box<TitleIssued>),
    /// Something that was paid (`FinancialReceiptTitle`).
    TitlePaid(Box<TitlePaid>),
    /// Signatures (`Contract` with `ElectronicSignatures`).
    Signature(Box<Signature>),
    /// A client's services, for the partner who provides them: the dialect without an envelope.
    Subscription(Box<Subscription>),
    /// Anything that is new, not read yet.
    Other(Other),
}

impl Subject {
    /// The number of the contract it belongs to, for those kinds that are known to have it. Contract
    /// and connection of one sale come at the same time and in any order: this joins them.
    #[must_use]
    pub fn contract_number(&self) -> Option<&str> {
        match self {
            Self::Contract(contract) => Some(&contract.number),
            Self::Connection(connection) => Some(&connection.contract_id),
            Self::Signature(signature) => {
                signature.contract.as_ref().map(|contract| contract.number.as_str())
            }
            Self::Subscription(subscription) => subscription.contract.as_ref()?.number.as_deref(),
            _ => None,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Contract(_) => "contract",
            Self::Connection(_) => "connection",
            Self::Solicitation(_) => "solicitation",
            Self::Report(_) => "report",
            Self::TitleIssued(_) => "title_issued",
            Self::TitlePaid(_) => "title_paid",
            Self::Signature(_) => "signature",
            Self::Subscription(_) => "subscription",
            Self::Other(other) => other.name.as_deref().unwrap_or("other"),
        }
    }

    /// Adds the numbers that people know the thing by.
    fn identify(&self, key: EventKey) -> EventKey {
        match self {
            Self::Contract(contract) => key.part("number", &contract.number),
            Self::Connection(connection) => key
                .part("contract", &connection.contract_id)
                .optional("login", connection.login.as_deref()),
            Self::Solicitation(ticket) => key.part("ticket", &ticket.solicitation_id),
            Self::Report(report) => key
                .part("ticket", &report.solicitation_id)
                .optional("start", report.date_time_start.as_ref().map(LocalTime::text)),
            Self::TitleIssued(title) => {
                key.part("number", &title.number).optional("parcel", title.parcel.as_deref())
            }
            Self::TitlePaid(title) => key.part("title", &title.financial_receivable_title_id),
            Self::Signature(signature) => {
                let codes = signature.electronic_signatures.iter();
                codes.fold(key, |key, signature| key.part("code", &signature.code))
            }
            Self::Subscription(_) | Self::Other(_) => {
                key.optional("contract", self.contract_number())
            }
        }
    }
}

/// An object that is new.
///
/// ```
/// use receiver_core::voalle::{Other, Subject};
///
/// // Its JSON is kept, to be read later by a type of your own.
/// fn unknown(subject: &Subject) -> Option<(&str, usize)> {
///     let Subject::Other(Other { name, content, .. }) = subject else { return None };
///     Some((name.as_deref().unwrap_or("no name"), content.as_str().len()))
/// }
/// ```
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Other {
    /// The name it was sent under. Without an envelope there is none.
    pub name: Option<String>,
    /// The object that is new, or all there is when there is no envelope.
    pub content: Unread,
}
