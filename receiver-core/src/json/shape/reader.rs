//! Reads a JSON value into a type, like `serde_json`, but with errors that hold no value.

use std::iter::{Enumerate, once};
use std::slice;

use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Value, map};

use super::Misfit;

/// What is to be read.
#[derive(Clone, Copy)]
pub(super) enum Reader<'de> {
    Value(&'de Value),
    /// The name of a member: if it is the key of a map, it can stand for a number.
    Name(&'de str),
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Self::Name(text) => visitor.visit_borrowed_str(text),
            Self::Value(Value::Null) => visitor.visit_unit(),
            Self::Value(Value::Bool(value)) => visitor.visit_bool(*value),
            Self::Value(Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (_, Some(value)) => visitor.visit_i64(value),
                _ => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Self::Value(Value::String(text)) => visitor.visit_borrowed_str(text),
            Self::Value(Value::Array(items)) => {
                let mut items = Items(items.iter().enumerate());
                let value = visitor.visit_seq(&mut items)?;
                match items.0.next() {
                    None => Ok(value),
                    Some(_) => Err(Misfit::new("fewer items")),
                }
            }
            Self::Value(Value::Object(members)) => visitor.visit_map(Members::of(members)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self {
            Self::Value(Value::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self {
            Self::Value(value) if name == RAW_VALUE => {
                visitor.visit_map(MapDeserializer::new(once((name, value.to_string()))))
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self {
            Self::Name(variant) => visitor.visit_enum(variant.into_deserializer()),
            Self::Value(Value::String(variant)) => {
                visitor.visit_enum(variant.as_str().into_deserializer())
            }
            Self::Value(Value::Object(members)) if members.len() == 1 => {
                let members = MapAccessDeserializer::new(Members::of(members));
                members.deserialize_enum(name, variants, visitor)
            }
            Self::Value(_) => Err(Misfit::new("a string or an object with one member")),
        }
    }

    deserialize_scalar! {
        deserialize_bool visit_bool,
        deserialize_i8 visit_i8, deserialize_u8 visit_u8,
        deserialize_i16 visit_i16, deserialize_u16 visit_u16,
        deserialize_i32 visit_i32, deserialize_u32 visit_u32,
        deserialize_i64 visit_i64, deserialize_u64 visit_u64,
        deserialize_i128 visit_i128, deserialize_u128 visit_u128,
        deserialize_f32 visit_f32, deserialize_f64 visit_f64,
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// Reads a name as the number or the truth value that it stands for.
macro_rules! deserialize_scalar {
    ($($deserialize:ident $visit:ident,)*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            if let Self::Name(text) = self && let Ok(value) = text.parse() {
                return visitor.$visit(value);
            }
            self.deserialize_any(visitor)
        }
    )*};
}
use deserialize_scalar;

/// The items of an array.
struct Items<'de>(Enumerate<slice::Iter<'de, Value>>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let read = |(index, value)| {
            seed.deserialize(Reader::Value(value)).map_err(|misfit| misfit.in_item(index))
        };
        self.0.next().map(read).transpose()
    }
}

/// The members of an object.
struct Members<'de> {
    rest: map::Iter<'de>,
    /// The member whose name has been read and whose value has not.
    current: Option<(&'de str, &'de Value)>,
}

impl<'de> Members<'de> {
    fn of(object: &'de map::Map<String, Value>) -> Self {
        Self { rest: object.iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        self.current = self.rest.next().map(|(name, value)| (name.as_str(), value));
        self.current.map(|(name, _)| seed.deserialize(Reader::Name(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let (name, value) =
            self.current.take().ok_or_else(|| Misfit::new("a name before its value"))?;
        seed.deserialize(Reader::Value(value)).map_err(|misfit| misfit.in_member(name))
    }
}

/// How a `RawValue` of `serde_json` asks for the text of the value.
const RAW_VALUE: &str = "$serde_json::private::RawValue";
