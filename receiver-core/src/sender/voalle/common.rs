//! What several kinds hold. All of it is optional: the ERP omits what it does not have, or sends
//! empty text.

use std::fmt;

use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::wire::text::is_blank;
use crate::wire::{Private, caseless, text};

/// Whoever has the contract.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Client {
    /// Its id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// Its name.
    #[serde(deserialize_with = "text::optional")]
    pub name: Option<Private>,
    /// Its tax id, CPF or CNPJ: digits alone in contracts, with points and dashes elsewhere.
    #[serde(deserialize_with = "text::optional_id")]
    pub tx_id: Option<Private>,
    /// Its e-mail address, in a [`Subscription`](super::Subscription).
    #[serde(deserialize_with = "text::optional")]
    pub email: Option<Private>,
    /// Its telephone number, in a [`Subscription`](super::Subscription).
    #[serde(deserialize_with = "text::optional_id")]
    pub phone: Option<Private>,
    /// Its mobile number, in a [`Subscription`](super::Subscription).
    #[serde(deserialize_with = "text::optional_id")]
    pub cell_phone: Option<Private>,
}

/// The place of business of the provider (local da empresa).
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct CompanyPlace {
    /// Its id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// Its tax id (CNPJ).
    #[serde(deserialize_with = "text::optional_id")]
    pub tx_id: Option<Private>,
    /// Its code, with leading zeros.
    #[serde(deserialize_with = "text::optional_id")]
    pub code: Option<String>,
    /// Its name, in contracts.
    #[serde(deserialize_with = "text::optional")]
    pub description: Option<String>,
    /// Its name, in tickets.
    #[serde(deserialize_with = "text::optional")]
    pub name: Option<String>,
}

/// Somebody who takes part: a seller, an attendant, a team.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Party {
    /// The id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// The name.
    #[serde(deserialize_with = "text::optional")]
    pub name: Option<Private>,
}

/// An entry of one of the ERP's own lists.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Entry {
    /// Its id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
    /// Its code, text such as `2.01`.
    #[serde(deserialize_with = "text::optional_id")]
    pub code: Option<String>,
    /// What it is called.
    #[serde(deserialize_with = "text::optional")]
    pub description: Option<String>,
}

/// A code and what the ERP calls it.
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", bound(deserialize = "C: From<String>"))]
pub struct State<C> {
    /// The code.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub code: Option<C>,
    /// What it is called there.
    #[serde(default, deserialize_with = "text::optional")]
    pub description: Option<String>,
}

/// A thing that is only pointed at.
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase", expecting = "an object")]
pub struct Reference {
    /// Its id.
    #[serde(deserialize_with = "text::optional_id")]
    pub id: Option<String>,
}

/// Ids of other systems' things (informações de terceiros).
#[non_exhaustive]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ThirdPartyInformation {
    /// The negotiation a contract came from.
    #[serde(deserialize_with = "text::optional_id")]
    pub negotiation_id: Option<String>,
}

/// A party of which the guide does not print the form: an object, a name, an id, or none.
pub(super) fn party<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Party>, D::Error> {
    deserializer.deserialize_any(PartyVisitor)
}

struct PartyVisitor;

impl<'de> Visitor<'de> for PartyVisitor {
    type Value = Option<Party>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a name or an id")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Option<Party>, A::Error> {
        caseless::object(object).map(Some)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Party>, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<Party>, E> {
        let name = Some(name).filter(|name| !is_blank(name)).map(|name| name.to_owned().into());
        Ok(name.map(|name| Party { id: None, name: Some(name) }))
    }

    // The two below are there because serde's own put the value into the error.

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<Party>, E> {
        Err(E::invalid_type(Unexpected::Other("a boolean"), &self))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Option<Party>, E> {
        Err(E::invalid_type(Unexpected::Other("a number"), &self))
    }

    fn visit_i64<E: Error>(self, id: i64) -> Result<Option<Party>, E> {
        Ok(Some(Party { id: Some(id.to_string()), name: None }))
    }

    fn visit_u64<E: Error>(self, id: u64) -> Result<Option<Party>, E> {
        Ok(Some(Party { id: Some(id.to_string()), name: None }))
    }
}
