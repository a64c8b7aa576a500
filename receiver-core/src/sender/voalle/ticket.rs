//! A ticket (solicitação) and a report on one (relato).

use serde::Deserialize;

use super::common::{Client, CompanyPlace, Party, party};
use super::member;
use crate::wire::date::LocalTime;
use crate::wire::{Private, text};

/// A ticket. The ERP sends only those of a type that is marked for integration.
///
/// ```
/// use receiver_core::voalle::{Label, Report, Solicitation, Subject};
///
/// /// A ticket and the notes on it come each by itself: the ticket's id joins them.
/// fn line(subject: &Subject) -> Option<String> {
///     match subject {
///         Subject::Solicitation(ticket) => {
///             let Solicitation { solicitation_id, status, .. } = &**ticket;
///             let called = |label: &Label| label.description.clone();
///             let status = status.as_ref().and_then(called).unwrap_or_default();
///             Some(format!("ticket {solicitation_id}: {status}"))
///         }
///         Subject::Report(report) => {
///             let Report { solicitation_id, date_time_end, .. } = &**report;
///             Some(format!("note on ticket {solicitation_id}, {:?}", date_time_end.as_ref()?.civil()))
///         }
///         _ => None,
///     }
/// }
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Solicitation {
    /// Its id.
    #[serde(deserialize_with = "text::id")]
    pub solicitation_id: String,
    /// Its protocol number, which the client is told.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub protocol_id: Option<String>,
    /// Its title.
    #[serde(default, deserialize_with = "text::optional")]
    pub title: Option<Private>,
    /// What it is about.
    #[serde(default, deserialize_with = "text::optional")]
    pub description: Option<Private>,
    /// When it was opened.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub open_date: Option<LocalTime>,
    /// By when it is to be done.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub final_date: Option<LocalTime>,
    /// When it was closed.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub closure_date: Option<LocalTime>,
    /// The team it is with.
    #[serde(default, deserialize_with = "party")]
    pub team: Option<Party>,
    /// Who leads that team.
    #[serde(default, deserialize_with = "party")]
    pub team_manager: Option<Party>,
    /// Who attends to it.
    #[serde(default, alias = "Atendence", alias = "Atendance", deserialize_with = "party")]
    pub attendance: Option<Party>,
    /// Who asked for it.
    #[serde(default, deserialize_with = "party")]
    pub requester: Option<Party>,
    /// The client it is for.
    #[serde(default, deserialize_with = "member::one")]
    pub client: Option<Client>,
    /// How it stands. The statuses are the provider's own list.
    #[serde(default, deserialize_with = "member::one")]
    pub status: Option<Label>,
    /// The provider's place of business.
    #[serde(default, deserialize_with = "member::one")]
    pub company_place: Option<CompanyPlace>,
    /// The type of ticket.
    #[serde(default, deserialize_with = "member::one")]
    pub solicitation_type: Option<Label>,
}

/// A note on a ticket: what was done or said.
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Report {
    /// The ticket's id.
    #[serde(deserialize_with = "text::id")]
    pub solicitation_id: String,
    /// The ticket's protocol number.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub protocol_id: Option<String>,
    /// Who wrote it.
    #[serde(default, deserialize_with = "party")]
    pub reporter: Option<Party>,
    /// Its title.
    #[serde(default, deserialize_with = "text::optional")]
    pub title: Option<Private>,
    /// The text.
    #[serde(default, deserialize_with = "text::optional")]
    pub report: Option<Private>,
    /// When the work it tells of began.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub date_time_start: Option<LocalTime>,
    /// When that work ended.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub date_time_end: Option<LocalTime>,
}

/// An entry of a list of the provider's own.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Label {
    /// Its id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// What it is called.
    #[serde(deserialize_with = "text::optional")]
    pub description: Option<String>,
}
