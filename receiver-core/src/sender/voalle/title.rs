//! Titles (títulos): what a client is to pay, and what was paid.

use std::fmt;

use serde::Deserialize;

use super::member;
use crate::wire::date::{LocalTime, Month, month};
use crate::wire::decimal::Decimal;
use crate::wire::{Private, text};

/// A title was issued: something is to be paid. Provisional and final ones both are sent.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::voalle::{self, Competence, Subject, TitleIssued, TitlePaid};
/// use receiver_core::{Request, Secret};
///
/// fn cents(subject: &Subject) -> Option<i128> {
///     match subject {
///         Subject::TitleIssued(title) => {
///             let TitleIssued { amount, .. } = &**title;
///             amount.as_ref()?.cents()
///         }
///         Subject::TitlePaid(title) => {
///             let TitlePaid { total_amount, .. } = &**title;
///             total_amount.as_ref()?.cents()
///         }
///         _ => None,
///     }
/// }
///
/// let body = r#"{"ActionType": 0, "FinancialReceivableTitle": {
///     "Number": "FAT-29", "Parcel": 1, "Amount": 1234.50, "Competence": "01-2026"
/// }}"#;
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let received = voalle::token(Secret::new("correct-horse")?)?.receive(&request, SystemTime::now())?;
///
/// let subject = &received.event.changes[0].subject;
/// assert_eq!(cents(subject), Some(123_450));
/// let Subject::TitleIssued(title) = subject else { return Err("no title".into()) };
/// let competence: &Competence = title.competence.as_ref().ok_or("no month")?;
/// assert_eq!(competence.month().map(|it| it.to_string()).as_deref(), Some("2026-01"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TitleIssued {
    /// The number of the contract it is for.
    #[serde(default, rename = "ContractID", deserialize_with = "text::optional_id")]
    pub contract_id: Option<String>,
    /// What that contract is called.
    #[serde(default, deserialize_with = "text::optional")]
    pub contract_description: Option<Private>,
    /// The client's id.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub client_id: Option<String>,
    /// The client's name.
    #[serde(default, deserialize_with = "text::optional")]
    pub client_name: Option<Private>,
    /// The client's tax id.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub client_tx_id: Option<Private>,
    /// The title's number. With `parcel` it tells titles apart.
    #[serde(deserialize_with = "text::id")]
    pub number: String,
    /// Which instalment it is.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub parcel: Option<String>,
    /// What is left to pay.
    #[serde(default, deserialize_with = "member::money")]
    pub balance: Option<Decimal>,
    /// What it is about.
    #[serde(default, deserialize_with = "member::money")]
    pub amount: Option<Decimal>,
    /// The guide calls it the penalty, and `fine` the interest: check before you use either.
    #[serde(default, deserialize_with = "member::money")]
    pub interest: Option<Decimal>,
    /// The guide calls it the interest, and `interest` the penalty: check before you use either.
    #[serde(default, deserialize_with = "member::money")]
    pub fine: Option<Decimal>,
    /// When it was issued.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub issue_date: Option<LocalTime>,
    /// The month it is for.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub competence: Option<Competence>,
    /// When it was first due.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub original_expiration_date: Option<LocalTime>,
    /// When it is due.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub expiration_date: Option<LocalTime>,
    /// The id of the provider's place of business.
    #[serde(default, rename = "CompanyPlaceID", deserialize_with = "text::optional_id")]
    pub company_place_id: Option<String>,
    /// The tax id of that place.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub company_place_tx_id: Option<Private>,
}

/// A title was paid.
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TitlePaid {
    /// The id of the title that was paid. One title can be paid in several parts.
    #[serde(rename = "FinancialReceivabletitleId", deserialize_with = "text::id")]
    pub financial_receivable_title_id: String,
    /// The client's id.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub client_id: Option<String>,
    /// The client's name.
    #[serde(default, deserialize_with = "text::optional")]
    pub client_name: Option<Private>,
    /// The client's tax id.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub client_tx_id: Option<Private>,
    /// The title's number.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub number: Option<String>,
    /// Which instalment it is.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub parcel: Option<String>,
    /// What was due.
    #[serde(default, deserialize_with = "member::money")]
    pub amount: Option<Decimal>,
    /// What was let off.
    #[serde(default, deserialize_with = "member::money")]
    pub discount: Option<Decimal>,
    /// Interest. For titles issued, the guide has it and `fine` the other way round.
    #[serde(default, deserialize_with = "member::money")]
    pub interest: Option<Decimal>,
    /// What was added.
    #[serde(default, deserialize_with = "member::money")]
    pub increase: Option<Decimal>,
    /// The penalty. For titles issued, the guide has it and `interest` the other way round.
    #[serde(default, deserialize_with = "member::money")]
    pub fine: Option<Decimal>,
    /// What the bank took.
    #[serde(default, deserialize_with = "member::money")]
    pub bank_tax_amount: Option<Decimal>,
    /// What was paid in all.
    #[serde(default, deserialize_with = "member::money")]
    pub total_amount: Option<Decimal>,
    /// When it was paid.
    #[serde(
        default,
        rename = "ReceiptaDate",
        alias = "ReceiptDate",
        deserialize_with = "text::optional_id"
    )]
    pub receipt_date: Option<LocalTime>,
    /// A remark.
    #[serde(default, deserialize_with = "text::optional")]
    pub complement: Option<Private>,
    /// By what it was paid: a word here, not an object.
    #[serde(default, alias = "PaymnetForm", deserialize_with = "text::optional_id")]
    pub payment_form: Option<String>,
    /// The id of the provider's place of business.
    #[serde(default, rename = "CompanyPlaceID", deserialize_with = "text::optional_id")]
    pub company_place_id: Option<String>,
    /// The tax id of that place.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub company_place_tx_id: Option<Private>,
}

/// The month that a title is for, `01-2026`, and the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competence {
    text: String,
    month: Option<Month>,
}

impl Competence {
    /// The text as sent.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The month, if the text is one.
    #[must_use]
    pub fn month(&self) -> Option<Month> {
        self.month
    }
}

impl From<String> for Competence {
    fn from(text: String) -> Self {
        Self { month: month(&text), text }
    }
}

/// The text as sent.
impl fmt::Display for Competence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
