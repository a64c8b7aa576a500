//! The other dialect: a client's value-added services (SVA), such as television, for the partner who
//! provides them.
//!
//! No page of the vendor shows it. Its members are those that two public receivers read.

use serde::Deserialize;

use super::common::{Client, CompanyPlace, State};
use super::member;
use crate::wire::date::LocalTime;
use crate::wire::{Private, text};

/// How a contract with a partner's services stands. It says neither who sent it nor what happened:
/// it is the whole state each time.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::voalle::{
///     self, Patrimony, ServiceTag, Subject, SubscribedContract, SubscribedService, Subscription,
/// };
/// use receiver_core::{Request, Secret};
///
/// let body = r#"{
///     "Contract": {"Number": "1042"},
///     "Services": [{"Active": true, "IntegrationCode": "PLANO-A", "ServiceTag": {"Tag": "TV-1042"}}],
///     "Patrimonies": [{"Mac": "00:00:5E:00:53:01", "IntegrationCode": "BOX-1"}]
/// }"#;
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let received = voalle::token(Secret::new("correct-horse")?)?.receive(&request, SystemTime::now())?;
///
/// let Subject::Subscription(subscription) = &received.event.changes[0].subject else {
///     return Err("no subscription".into());
/// };
/// let Subscription { contract, services, patrimonies, .. } = &**subscription;
///
/// let number = |contract: &SubscribedContract| contract.number.clone();
/// assert_eq!(contract.as_ref().and_then(number).as_deref(), Some("1042"));
/// let plan = |service: &SubscribedService| service.integration_code.clone();
/// assert_eq!(services.first().and_then(plan).as_deref(), Some("PLANO-A"));
/// let tag = |tag: &ServiceTag| tag.tag.clone();
/// assert_eq!(services[0].service_tag.as_ref().and_then(tag).as_deref(), Some("TV-1042"));
/// let device = |device: &Patrimony| device.integration_code.clone();
/// assert_eq!(patrimonies.first().and_then(device).as_deref(), Some("BOX-1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Subscription {
    /// Whether it is active.
    pub active: Option<bool>,
    /// The version of the integration.
    #[serde(deserialize_with = "text::optional_id")]
    pub version: Option<String>,
    /// When it was sent, or when it happened: no source says which.
    #[serde(deserialize_with = "text::optional_id")]
    pub timestamp: Option<LocalTime>,
    /// The contract.
    #[serde(deserialize_with = "member::one")]
    pub contract: Option<SubscribedContract>,
    /// How the contract stands. Whether the guide's table of codes holds here is not known: go by the
    /// words.
    #[serde(deserialize_with = "member::one")]
    pub status: Option<State<String>>,
    /// How far the contract has come; the same holds for its codes.
    #[serde(deserialize_with = "member::one")]
    pub stage: Option<State<String>>,
    /// The client.
    #[serde(deserialize_with = "member::one")]
    pub client: Option<Client>,
    /// The provider's place of business.
    #[serde(deserialize_with = "member::one")]
    pub company_place: Option<CompanyPlace>,
    /// The services.
    #[serde(deserialize_with = "member::many")]
    pub services: Vec<SubscribedService>,
    /// The devices (patrimônios), such as a television box.
    #[serde(deserialize_with = "member::many")]
    pub patrimonies: Vec<Patrimony>,
}

impl Subscription {
    /// Whether it says anything of what a subscription is about.
    pub(super) fn is_one(&self) -> bool {
        let has_number = self.contract.as_ref().is_some_and(|contract| contract.number.is_some());
        has_number
            || self.client.is_some()
            || !self.services.is_empty()
            || !self.patrimonies.is_empty()
    }
}

/// What a subscription says of its contract.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct SubscribedContract {
    /// Its id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// Its number.
    #[serde(deserialize_with = "text::optional_id")]
    pub number: Option<String>,
    /// What it is called; the client's name is usually part of it.
    #[serde(deserialize_with = "text::optional")]
    pub description: Option<Private>,
    /// From when it is in force.
    #[serde(deserialize_with = "text::optional_id")]
    pub begin_contract_vigency: Option<LocalTime>,
    /// Until when it is in force.
    #[serde(deserialize_with = "text::optional_id")]
    pub end_contract_vigency: Option<LocalTime>,
    /// A text that stands for this contract.
    #[serde(deserialize_with = "text::optional_id")]
    pub fingerprint: Option<String>,
}

/// A service of a subscription.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct SubscribedService {
    /// Whether it is active.
    pub active: Option<bool>,
    /// The item of the contract it is.
    #[serde(deserialize_with = "text::optional_id")]
    pub contract_item: Option<String>,
    /// A text that stands for this service.
    #[serde(deserialize_with = "text::optional_id")]
    pub fingerprint: Option<String>,
    /// What it is called.
    #[serde(deserialize_with = "text::optional")]
    pub description: Option<String>,
    /// The partner's own code for it.
    #[serde(deserialize_with = "text::optional_id")]
    pub integration_code: Option<String>,
    /// The kind of integration.
    #[serde(deserialize_with = "text::optional_id")]
    pub integrator_type: Option<String>,
    /// Whether it is on trial.
    pub demonstration: Option<bool>,
    /// Until when it is on trial.
    #[serde(deserialize_with = "text::optional_id")]
    pub demonstration_final_date: Option<LocalTime>,
    /// The label (etiqueta) on it.
    #[serde(deserialize_with = "member::one")]
    pub service_tag: Option<ServiceTag>,
}

/// A label on a service.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ServiceTag {
    /// Its id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// The label.
    #[serde(deserialize_with = "text::optional_id")]
    pub tag: Option<String>,
}

/// A device at the client's.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Patrimony {
    /// Its MAC address.
    #[serde(deserialize_with = "text::optional_id")]
    pub mac: Option<Private>,
    /// The partner's own code for it.
    #[serde(deserialize_with = "text::optional_id")]
    pub integration_code: Option<String>,
}
