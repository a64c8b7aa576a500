//! A connection (autenticação): a client's way into the network.

use serde::Deserialize;

use crate::wire::{Private, text};

/// A connection of a contract. It has no id of its own here: `service_id` is the service's.
///
/// ```
/// use receiver_core::voalle::{Connection, Subject};
///
/// /// Where to look for the fibre of a connection: slot and port at the provider's end.
/// fn port(subject: &Subject) -> Option<(&str, &str)> {
///     let Subject::Connection(connection) = subject else { return None };
///     let Connection { olt_slot, olt_port, .. } = &**connection;
///     olt_slot.as_deref().zip(olt_port.as_deref())
/// }
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Connection {
    /// The login, `PPPoE` as a rule; other kinds of links have none.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub login: Option<Private>,
    /// The contract's **number**, whatever the name says.
    #[serde(rename = "ContractID", deserialize_with = "text::id")]
    pub contract_id: String,
    /// The id of the service in the contract. One service can have several connections.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub service_id: Option<String>,
    /// What the service is called.
    #[serde(default, deserialize_with = "text::optional")]
    pub service_description: Option<String>,
    /// The access point, by name or by number.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub access_point: Option<String>,
    /// The slot of the OLT, the fibre's end at the provider.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub olt_slot: Option<String>,
    /// The port of the OLT.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub olt_port: Option<String>,
    /// The splitter's id.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub splitter_id: Option<String>,
    /// The splitter's port.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub splitter_port: Option<String>,
    /// The address list. Only ever seen empty; what is not text is kept as JSON.
    #[serde(default, deserialize_with = "text::loose")]
    pub address_list: Option<Private>,
    /// How it stands, as a number. No page says what the numbers mean.
    #[serde(default, deserialize_with = "text::loose")]
    pub status: Option<String>,
}
