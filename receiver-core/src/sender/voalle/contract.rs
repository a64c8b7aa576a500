//! A contract (contrato).

use serde::Deserialize;

use super::common::{Client, CompanyPlace, Entry, Party, Reference, State, ThirdPartyInformation};
use super::member;
use super::signature::ElectronicSignature;
use crate::wire::date::LocalTime;
use crate::wire::decimal::Decimal;
use crate::wire::open::open_enum;
use crate::wire::{Private, text};

/// A contract between the provider and a client.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::voalle::{
///     self, Action, Address, Change, Client, CompanyPlace, Contract, ContractStage, ContractStatus, Entry,
///     Party, Reference, Service, State, Subject, ThirdPartyInformation,
/// };
/// use receiver_core::{Request, Secret};
///
/// /// A client who is blocked or suspended still has the contract.
/// fn is_over(contract: &Contract) -> bool {
///     let status = |state: &State<ContractStatus>| {
///         matches!(state.code, Some(ContractStatus::Cancelled | ContractStatus::Ended))
///     };
///     let stage = |state: &State<ContractStage>| {
///         matches!(state.code, Some(ContractStage::Rejected | ContractStage::Cancelled))
///     };
///     contract.status.as_ref().is_some_and(status) || contract.stage.as_ref().is_some_and(stage)
/// }
///
/// let body = r#"{"CompanyId": 1, "ActionType": 1, "Contract": {
///     "Number": "1042",
///     "Status": {"Code": 6, "Description": "Bloqueio Financeiro"},
///     "Stage": {"Code": 3, "Description": "Aprovado"},
///     "Client": {"Id": 4321, "Name": "CLIENTE FICTICIO LTDA"},
///     "Address": {"City": "Cidade Exemplo", "State": "SE"},
///     "CompanyPlace": {"Id": 1, "Code": "001"},
///     "FinancialCollectionType": {"Id": 33, "Code": "33", "Description": "Boleto"},
///     "Seller": {"Id": 20, "Name": "VENDEDORA EXEMPLO"},
///     "Negotiations": [{"Id": 20001}],
///     "ThirdPartyInformation": {"NegotiationId": 20001},
///     "Services": [{"Id": 5001, "ServiceCode": "01816", "TotalAmount": 99.9}]
/// }}"#;
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let received = voalle::token(Secret::new("correct-horse")?)?.receive(&request, SystemTime::now())?;
///
/// let change: &Change = &received.event.changes[0];
/// assert_eq!((&change.action, change.kind()), (&Some(Action::Updated), "contract.updated"));
/// let Subject::Contract(contract) = &change.subject else { return Err("no contract".into()) };
/// assert!(!is_over(contract));
///
/// // The ERP leaves out what it does not have, so all but the number is optional.
/// let city = |address: &Address| address.city.as_deref().map(str::to_owned);
/// assert_eq!(contract.address.as_ref().and_then(city).as_deref(), Some("Cidade Exemplo"));
/// let id = |client: &Client| client.id.clone();
/// assert_eq!(contract.client.as_ref().and_then(id).as_deref(), Some("4321"));
/// let code = |place: &CompanyPlace| place.code.clone();
/// assert_eq!(contract.company_place.as_ref().and_then(code).as_deref(), Some("001"));
/// let boleto = |entry: &Entry| entry.code.as_deref() == Some("33");
/// assert!(contract.financial_collection_type.as_ref().is_some_and(boleto));
/// let seller = |party: &Party| party.id.clone();
/// assert_eq!(contract.seller.as_ref().and_then(seller).as_deref(), Some("20"));
/// let total = |service: &Service| service.total_amount?.cents();
/// assert_eq!(contract.services.iter().filter_map(total).sum::<i128>(), 9990);
///
/// // Where it came from is said twice.
/// let from = |origin: &Reference| origin.id.clone();
/// let other = |ids: &ThirdPartyInformation| ids.negotiation_id.clone();
/// assert_eq!(
///     contract.negotiations.first().and_then(from),
///     contract.third_party_information.as_ref().and_then(other),
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Contract {
    /// Its number, by which people and the other kinds know it.
    #[serde(deserialize_with = "member::id_or_empty")]
    pub number: String,
    /// The contract it belongs to.
    #[serde(deserialize_with = "text::loose")]
    pub parent_contract: Option<Private>,
    /// What it is called; the client's name is usually part of it.
    #[serde(deserialize_with = "text::optional")]
    pub description: Option<Private>,
    /// From when it is in force.
    #[serde(deserialize_with = "text::optional_id")]
    pub begin_contract_vigency: Option<LocalTime>,
    /// Until when it is in force.
    #[serde(deserialize_with = "text::optional_id")]
    pub end_contract_vigency: Option<LocalTime>,
    /// From when it is billed.
    #[serde(deserialize_with = "text::optional_id")]
    pub billing_beginning_date: Option<LocalTime>,
    /// Until when it is billed.
    #[serde(deserialize_with = "text::optional_id")]
    pub billing_final_date: Option<LocalTime>,
    /// How many months it runs.
    #[serde(deserialize_with = "member::whole")]
    pub month_duration: Option<i64>,
    /// The day of the month it is to be paid on.
    #[serde(deserialize_with = "member::whole")]
    pub collection_day: Option<i64>,
    /// What it costs.
    #[serde(deserialize_with = "member::money")]
    pub amount: Option<Decimal>,
    /// When its price is adjusted next.
    #[serde(deserialize_with = "text::optional_id")]
    pub next_adjust: Option<LocalTime>,
    /// How it stands.
    #[serde(deserialize_with = "member::one")]
    pub status: Option<State<ContractStatus>>,
    /// How far it has come.
    #[serde(deserialize_with = "member::one")]
    pub stage: Option<State<ContractStage>>,
    /// Who has it.
    #[serde(deserialize_with = "member::one")]
    pub client: Option<Client>,
    /// Where the services are.
    #[serde(deserialize_with = "member::one")]
    pub address: Option<Address>,
    /// The provider's place of business.
    #[serde(deserialize_with = "member::one")]
    pub company_place: Option<CompanyPlace>,
    /// The type of contract.
    #[serde(deserialize_with = "member::one")]
    pub contract_type: Option<Entry>,
    /// When and how it is paid.
    #[serde(alias = "PaymnetForm", deserialize_with = "member::one")]
    pub payment_form: Option<Entry>,
    /// By what it is paid, such as a boleto.
    #[serde(deserialize_with = "member::one")]
    pub financial_collection_type: Option<Entry>,
    /// Who sold it.
    #[serde(deserialize_with = "member::one")]
    pub seller: Option<Party>,
    /// The negotiations it came from.
    #[serde(alias = "Negotiation", deserialize_with = "member::many")]
    pub negotiations: Vec<Reference>,
    /// The activations of its services.
    #[serde(alias = "Activation", deserialize_with = "member::many")]
    pub activations: Vec<Reference>,
    /// Ids of other systems' things.
    #[serde(deserialize_with = "member::one")]
    pub third_party_information: Option<ThirdPartyInformation>,
    /// Its services, past ones too.
    #[serde(alias = "Service", deserialize_with = "member::many")]
    pub services: Vec<Service>,
    /// Makes it a [`Signature`](super::Signature), which then holds them.
    #[serde(alias = "ElectronicSignature", deserialize_with = "member::some_many")]
    pub(super) electronic_signatures: Option<Vec<ElectronicSignature>>,
}

/// A service of a contract.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase", expecting = "an object")]
pub struct Service {
    /// Its id within the contract.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// Its code in the catalogue: text, with leading zeros.
    #[serde(deserialize_with = "text::optional_id")]
    pub service_code: Option<String>,
    /// The service it is part of.
    #[serde(deserialize_with = "text::optional_id")]
    pub parent_id: Option<String>,
    /// What it is called.
    #[serde(deserialize_with = "text::optional")]
    pub description: Option<String>,
    /// How many there are.
    #[serde(deserialize_with = "member::money")]
    pub units: Option<Decimal>,
    /// What one costs.
    #[serde(deserialize_with = "member::money")]
    pub unit_amount: Option<Decimal>,
    /// What all of them cost.
    #[serde(deserialize_with = "member::money")]
    pub total_amount: Option<Decimal>,
}

/// An address.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Address {
    /// The street.
    #[serde(deserialize_with = "text::optional")]
    pub street: Option<Private>,
    /// The house number.
    #[serde(deserialize_with = "text::optional_id")]
    pub number: Option<Private>,
    /// The district (bairro).
    #[serde(alias = "Neigborhood", deserialize_with = "text::optional")]
    pub neighborhood: Option<Private>,
    /// The postal code (CEP), `99999-999`.
    #[serde(deserialize_with = "text::optional_id")]
    pub postal_code: Option<Private>,
    /// The city.
    #[serde(deserialize_with = "text::optional")]
    pub city: Option<Private>,
    /// The city's number at IBGE, Brazil's statistics office.
    #[serde(deserialize_with = "text::optional_id")]
    pub city_code: Option<Private>,
    /// The state's two letters.
    #[serde(deserialize_with = "text::optional")]
    pub state: Option<Private>,
}

open_enum! {
    /// How a contract stands, from the guide's table. Real receivers got it wrong: 2 is no block
    /// and 3 is no cancellation.
    pub enum ContractStatus: i64 {
        /// Normal: in force.
        Normal = 1,
        /// Demonstração: on trial.
        Demonstration = 2,
        /// Cortesia: free of charge.
        Courtesy = 3,
        /// Cancelado.
        Cancelled = 4,
        /// Suspenso.
        Suspended = 5,
        /// Bloqueio Financeiro: blocked because it was not paid.
        FinancialBlock = 6,
        /// Bloqueio Administrativo: blocked by somebody's decision.
        AdministrativeBlock = 7,
        /// Encerrado: it ended.
        Ended = 8,
    }
}

open_enum! {
    /// How far a contract has come. The guide lists the five words; which of the last two has which
    /// number is inferred from their order.
    pub enum ContractStage: i64 {
        /// Pré-Contrato: not a contract yet.
        PreContract = 1,
        /// Em Aprovação: waiting to be approved.
        InApproval = 2,
        /// Aprovado.
        Approved = 3,
        /// Rejeitado.
        Rejected = 4,
        /// Cancelado.
        Cancelled = 5,
    }
}
