//! Keeps arrays out of structs: serde's derived types read an array as their members in order.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{Error, MapAccessDeserializer};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A struct that is read from an object and from nothing else.
pub(crate) struct FromObject<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for FromObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

/// Whether a type asks to be read as a struct. It is asked with nothing to read.
pub(super) fn is_struct<T: DeserializeOwned>() -> bool {
    let mut is_struct = false;
    let _nothing = T::deserialize(Asked { is_struct: &mut is_struct });
    is_struct
}

struct Asked<'a> {
    is_struct: &'a mut bool,
}

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("nothing"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.is_struct = true;
        Err(Error::custom("nothing"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{FromObject, is_struct};

    #[derive(Deserialize)]
    struct Point {
        x: i32,
    }

    #[derive(Deserialize)]
    struct Wrapped(Point);

    #[test]
    fn an_object_is_read_and_an_array_is_not() {
        let read = |text| serde_json::from_str::<FromObject<Point>>(text);
        assert!(read(r#"{"x":1}"#).is_ok_and(|FromObject(point)| point.x == 1));
        let error = read("[1]").err().expect("an error").to_string();
        assert!(error.contains("expected an object"), "{error}");
    }

    #[test]
    fn what_a_type_asks_for_is_known_without_a_text() {
        assert!(is_struct::<Point>() && is_struct::<Wrapped>());
        assert!(serde_json::from_str::<Wrapped>(r#"{"x":1}"#).is_ok_and(|it| it.0.x == 1));
        assert!(!is_struct::<Vec<Point>>() && !is_struct::<(i32,)>());
        assert!(!is_struct::<serde_json::Value>() && !is_struct::<u8>());
    }
}
