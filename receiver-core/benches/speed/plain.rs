//! The payloads as plain serde structs, which is what anybody writes first: text, numbers, options.
#![expect(
    dead_code,
    clippy::struct_field_names,
    reason = "they are read as they are named, and not looked at"
)]

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Product {
    nome: String,
    processo: Option<String>,
    data_produto: Option<String>,
    macro_processo: Option<String>,
    periodicidade: Option<String>,
    periodicidade_final: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Alert {
    event_id: Option<String>,
    event_description: Option<String>,
    event_at: Option<String>,
    camera_id: Option<String>,
    camera_name: Option<String>,
    client_id: Option<String>,
    event_url: Option<String>,
    event_thumb: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Checklist {
    placa: String,
    checklist: Option<String>,
    km: Option<String>,
    valor: Option<String>,
    condutor_email: Option<String>,
    fotos: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Title {
    company_id: Option<u64>,
    company_tx_id: Option<String>,
    action_type: Option<u64>,
    financial_receivable_title: Receivable,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Receivable {
    #[serde(rename = "ContractID")]
    contract_id: Option<u64>,
    contract_description: Option<String>,
    client_id: Option<u64>,
    client_name: Option<String>,
    client_tx_id: Option<String>,
    number: Option<String>,
    parcel: Option<u64>,
    balance: Option<f64>,
    amount: Option<f64>,
    interest: Option<f64>,
    fine: Option<f64>,
    issue_date: Option<String>,
    competence: Option<String>,
    original_expiration_date: Option<String>,
    expiration_date: Option<String>,
    #[serde(rename = "CompanyPlaceID")]
    company_place_id: Option<u64>,
    company_place_tx_id: Option<String>,
}
