//! The things CMMShere sends. Members keep the wire's Spanish words.
//!
//! Only `sol.created` is documented; every other member of every other thing is inferred from it and
//! so optional. A blank string is nothing: CMMShere writes one space for an absent surname.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::wire::Private;
use crate::wire::date::UtcTime;
use crate::wire::text;

/// A work request (`solicitud_trabajo`).
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
pub struct WorkRequest {
    /// Its id, `sol_` and some characters.
    #[serde(deserialize_with = "text::id")]
    pub id: String,
    /// Its number as people use it, `RQ` and six digits.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub codigo: Option<String>,
    /// Its title.
    #[serde(default, deserialize_with = "text::optional")]
    pub titulo: Option<Private>,
    /// Its description.
    #[serde(default, deserialize_with = "text::optional")]
    pub descripcion: Option<Private>,
    /// When it was made (UTC).
    #[serde(default, deserialize_with = "text::optional_id")]
    pub created: Option<UtcTime>,
}

/// A work order (`orden_trabajo`). Inferred from the work request.
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
pub struct WorkOrder {
    /// Its id, `ot_` and some characters.
    #[serde(deserialize_with = "text::id")]
    pub id: String,
    /// Its number as people use it, `OT` and six digits.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub codigo: Option<String>,
    /// Its title.
    #[serde(default, deserialize_with = "text::optional")]
    pub titulo: Option<Private>,
    /// Its description.
    #[serde(default, deserialize_with = "text::optional")]
    pub descripcion: Option<Private>,
    /// When it was made (UTC).
    #[serde(default, deserialize_with = "text::optional_id")]
    pub created: Option<UtcTime>,
}

/// A client (`cliente`).
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
pub struct Client {
    /// Its id, `cli_` and some characters.
    #[serde(default, deserialize_with = "id_or_empty")]
    pub id: String,
    /// Its number as people use it, `C` and seven digits.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub codigo: Option<String>,
    /// The name it trades under.
    #[serde(default, deserialize_with = "text::optional")]
    pub nombre_comercial: Option<Private>,
    /// Its legal name.
    #[serde(default, deserialize_with = "text::optional")]
    pub nombre_legal: Option<Private>,
    /// Its line of business.
    #[serde(default, deserialize_with = "text::optional")]
    pub caracteristicas: Option<Private>,
    /// Its tax id: digits, kept as text.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub nro_id: Option<Private>,
    /// Its address.
    #[serde(default, deserialize_with = "text::optional")]
    pub direccion: Option<Private>,
    /// Its country.
    #[serde(default, deserialize_with = "text::optional")]
    pub pais: Option<Private>,
    /// Its city.
    #[serde(default, deserialize_with = "text::optional")]
    pub ciudad: Option<Private>,
    /// Its e-mail address.
    #[serde(default, deserialize_with = "text::optional")]
    pub email: Option<Private>,
    /// Its telephone number.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub telefono: Option<Private>,
}

/// Who did it (`usuario_cliente`, `usuario`).
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
pub struct User {
    /// The user's id, such as `cliusu_` and some characters.
    #[serde(default, deserialize_with = "id_or_empty")]
    pub id: String,
    /// Given name.
    #[serde(default, deserialize_with = "text::optional")]
    pub nombre: Option<Private>,
    /// Father's surname.
    #[serde(default, deserialize_with = "text::optional")]
    pub ap_paterno: Option<Private>,
    /// Mother's surname.
    #[serde(default, deserialize_with = "text::optional")]
    pub ap_materno: Option<Private>,
    /// E-mail address.
    #[serde(default, deserialize_with = "text::optional")]
    pub email: Option<Private>,
    /// Login name.
    #[serde(default, deserialize_with = "text::optional")]
    pub username: Option<Private>,
    /// Description.
    #[serde(default, deserialize_with = "text::optional")]
    pub descripcion: Option<Private>,
}

/// An asset (`activo`). Beyond its id, inferred from the other things.
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
pub struct Asset {
    /// Its id, `act_` and some characters.
    #[serde(default, deserialize_with = "id_or_empty")]
    pub id: String,
    /// Its number as people use it.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub codigo: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "text::optional")]
    pub nombre: Option<Private>,
    /// Its description.
    #[serde(default, deserialize_with = "text::optional")]
    pub descripcion: Option<Private>,
}

/// A thing that may stand for none of its kind.
pub(super) trait Related {
    fn id(&self) -> &str;
}

impl Related for Client {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Related for User {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Related for Asset {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A relation, or none: CMMShere writes an absent one as an object whose id is null, and absent text
/// as a blank.
pub(super) fn relation<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Related,
{
    let related = deserializer.deserialize_any(RelationVisitor(PhantomData))?;
    Ok(related.filter(|related: &T| !related.id().is_empty()))
}

struct RelationVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for RelationVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or null")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Option<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(Some)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<T>, E> {
        let wrong = || E::invalid_type(Unexpected::Other("text"), &self);
        text::is_blank(text).then_some(None).ok_or_else(wrong)
    }
}

/// Empty stands for none until [`relation`] or the event's own check takes it out.
fn id_or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    text::optional_id(deserializer).map(Option::unwrap_or_default)
}
