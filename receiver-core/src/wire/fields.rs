//! JSON objects, forms and queries as one tree, for senders whose operators name the fields.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::Shape;

pub use field::Field;
pub use read::FromField;
pub use value::Value;

pub(crate) use form::{path_segment, query_without};

use field::key_of;

mod delivery;
mod field;
mod form;
mod read;
mod value;

/// All fields of a delivery, whichever way they came: a JSON object, a form, or the query.
///
/// A [`Field`] says where to look and the type what to make of it (see [`FromField`]): an
/// `Option` may be missing, a `Vec` may be many, a [`Decimal`](super::decimal::Decimal) is read as
/// Brazilians write it.
///
/// * A number keeps its digits, and what is nested is kept.
/// * Null and blank text are as if missing, and the field's next name is tried.
/// * Names that differ in nothing but case and accents are one field, and so are repeated names of
///   a form or query, with or without `[]` behind them. Such a field has several values: a `Vec`
///   reads them all, and reading it as one value is an error rather than a guess.
///
/// ```
/// use receiver_core::wire::decimal::Decimal;
/// use receiver_core::wire::fields::{Field, Fields};
///
/// const COST: Field = Field::new(&["custo", "valor"]);
/// const PHOTOS: Field = Field::new(&["fotos"]);
///
/// let fields: Fields = serde_json::from_str(r#"{"Valor": "1.350,90"}"#)?;
/// let cost: Decimal = fields.read(COST)?;
/// let photos: Vec<String> = fields.read(PHOTOS)?;
///
/// assert_eq!(cost.cents(), Some(135_090));
/// assert!(photos.is_empty());
/// assert_eq!(fields.read::<bool>(COST).unwrap_err().member(), "valor");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Fields(BTreeMap<String, Member>);

impl Fields {
    /// Reads a field.
    ///
    /// # Errors
    ///
    /// The [`Shape`] that was expected, when the field is missing and may not be, or is something
    /// else. It names the field and never holds its value.
    pub fn read<T: FromField>(&self, field: Field) -> Result<T, Shape> {
        let found = field.names().iter().find_map(|name| Some((*name, self.find(name)?)));
        let Some((name, values)) = found else {
            let name = field.names().first().copied().unwrap_or_default();
            return T::missing().ok_or_else(|| Shape::new(name, T::EXPECTED));
        };
        T::from_values(&values).ok_or_else(|| {
            let is_repeated = values.len() > 1 && values.iter().all(|v| T::from_value(v).is_some());
            Shape::new(name, if is_repeated { "one value, not several" } else { T::EXPECTED })
        })
    }

    /// Whether the field stands there and says something.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        field.names().iter().any(|name| self.find(name).is_some())
    }

    /// Whether a field of this name stands there, even if it says nothing.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.0.contains_key(&key_of(name))
    }

    /// The fields' names as sent, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(|member| &*member.name)
    }

    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn push(&mut self, name: String, value: Value) {
        let member = self.0.entry(key_of(&name));
        member.or_insert_with(|| Member { name, values: Vec::with_capacity(1) }).values.push(value);
    }

    /// The values of the field of this name, or at this path, that say something.
    fn find(&self, name: &str) -> Option<Cow<'_, [Value]>> {
        let values = if let Some(member) = self.0.get(&key_of(name)) {
            Cow::Borrowed(&*member.values)
        } else {
            let (outer, inner) = name.split_once('.')?;
            let [value] = &*self.0.get(&key_of(outer))?.values else { return None };
            Cow::Owned(value.as_fields()?.find(inner)?.into_owned())
        };
        let values = if values.iter().any(Value::is_nothing) {
            values.iter().filter(|value| !value.is_nothing()).cloned().collect()
        } else {
            values
        };
        (!values.is_empty()).then_some(values)
    }
}

/// Prints the names, never a value. What looks like no name may be one: a body that was labelled a
/// form is all name.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_of_name = |c: char| c.is_alphanumeric() || "_-.[]".contains(c);
        let is_name = |name: &&str| name.len() <= 64 && name.chars().all(is_of_name);
        let (names, others): (Vec<_>, Vec<_>) = self.names().partition(is_name);
        let mut list = f.debug_list();
        list.entries(names);
        if !others.is_empty() {
            list.entry(&format_args!("{} odd names", others.len()));
        }
        list.finish()
    }
}

/// An object of the names as sent; several values of one field are an array.
impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.values().map(|member| (&member.name, member)))
    }
}

/// From JSON, and only from JSON.
impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object)
    }
}

/// A field as it came. Its key in the tree is its name, folded.
#[derive(Clone)]
struct Member {
    name: String,
    values: Vec<Value>,
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &*self.values {
            [value] => value.serialize(serializer),
            values => values.serialize(serializer),
        }
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some((name, raw)) = map.next_entry::<String, Box<RawValue>>()? {
            fields.push(name, Value::json(raw));
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::decimal::Decimal;

    fn fields(json: &str) -> Fields {
        serde_json::from_str(json).unwrap()
    }

    #[track_caller]
    fn check(names: &'static [&'static str], json: &str, read: Option<&str>) {
        let text: Option<String> = fields(json).read(Field::new(names)).unwrap();
        assert_eq!(text.as_deref(), read, "{json}");
        assert_eq!(fields(json).has(Field::new(names)), read.is_some(), "{json}");
    }

    #[test]
    fn a_field_is_found_however_its_name_is_written() {
        for name in ["Condição", "condicao", "CONDIÇÃO", " condição ", r"condi\u00e7\u00e3o"]
        {
            check(&["condição"], &format!(r#"{{"a":1,"{name}":"boa"}}"#), Some("boa"));
        }
        check(&["condição"], r#"{"condicoes":"boa"}"#, None);
    }

    #[test]
    fn the_first_name_that_says_something_counts() {
        let names = &["placa", "plate", "carro"];
        check(names, r#"{"carro":"c","plate":"b","placa":"a"}"#, Some("a"));
        check(names, r#"{"carro":"c","plate":"b","placa":" "}"#, Some("b"));
        check(names, r#"{"carro":"c","plate":"","placa":null}"#, Some("c"));
        check(names, r#"{"carro":null}"#, None);
        check(names, "{}", None);
        check(&[], r#"{"":"a"}"#, None);
    }

    #[test]
    fn a_point_leads_into_an_object() {
        let names = &["veiculo.placa.numero"];
        check(names, r#"{"Veículo":{"PLACA":{"numero":"a"}}}"#, Some("a"));
        check(
            names,
            r#"{"veiculo.placa.numero":"a","veiculo":{"placa":{"numero":"b"}}}"#,
            Some("a"),
        );
        check(names, r#"{"veiculo":{"placa.numero":"a"}}"#, Some("a"));
        for other in
            [r#"{"veiculo":"a"}"#, r#"{"veiculo":[{"placa":{"numero":1}}]}"#, r#"{"veiculo":{}}"#]
        {
            check(names, other, None);
        }
        check(&["."], "{}", None);
    }

    #[test]
    fn a_missing_field_is_named_by_its_first_name() {
        let shape = fields("{}").read::<Decimal>(Field::new(&["km", "quilometragem"])).unwrap_err();
        assert_eq!(shape.to_string(), "expected a decimal number at `km`");
    }

    #[test]
    fn a_wrong_field_is_named_as_it_was_found() {
        const KM: Field = Field::new(&["km", "veiculo.km"]);
        let shape = fields(r#"{"Veiculo":{"KM":"canary"}}"#).read::<Decimal>(KM).unwrap_err();
        assert_eq!(shape.to_string(), "expected a decimal number at `veiculo.km`");
    }

    #[test]
    fn two_spellings_of_a_name_are_not_one_value() {
        let both = fields(r#"{"placa":"canary 1","Placa":"canary 2"}"#);
        let shape = both.read::<String>(Field::new(&["placa"])).unwrap_err();
        assert_eq!(shape.to_string(), "expected one value, not several at `placa`");
        check(&["placa"], r#"{"placa":"","Placa":"a"}"#, Some("a"));
    }

    #[test]
    fn fields_are_written_as_they_came() {
        let json = r#"{"A":[1.0,{"b":1e400}],"c":"d","É":null}"#;
        let written = serde_json::to_string(&fields(json)).unwrap();
        assert_eq!(written, json);
        let written = serde_json::to_string(&fields(r#"{"a":1,"A":[2]}"#)).unwrap();
        assert_eq!(written, r#"{"a":[1,[2]]}"#);
    }

    #[test]
    fn fields_print_their_names_only() {
        let printed = format!("{:?}", fields(r#"{"placa":"canary","obs":{"canary":1}}"#));
        assert_eq!(printed, r#"["obs", "placa"]"#);
    }
}
