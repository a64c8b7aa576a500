//! An object whose keys come out as the names that a struct declares, whatever their case.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// An object whose keys come out as the names that a struct declares.
pub(super) struct Named<A> {
    pub(super) object: A,
    pub(super) names: &'static [&'static str],
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Named<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.object.next_key_seed(Key { key: seed, names: self.names })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.object.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.object.size_hint()
    }
}

/// One key on its way: first the struct's seed for it, then the deserializer that holds it, then
/// the struct's visitor that is told its name.
struct Key<K> {
    key: K,
    names: &'static [&'static str],
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.key.deserialize(Key { key: deserializer, names: self.names })
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Key<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.key.deserialize_any(Key { key: visitor, names: self.names })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Key<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.expecting(f)
    }

    fn visit_str<E: Error>(self, written: &str) -> Result<V::Value, E> {
        match declared(self.names, written) {
            Some(name) => self.key.visit_borrowed_str(name),
            None => self.key.visit_str(written),
        }
    }
}

/// The name that is written so: the very same, or else the first that differs in case alone.
fn declared(names: &'static [&'static str], written: &str) -> Option<&'static str> {
    let same = names.iter().find(|name| **name == written);
    same.or_else(|| names.iter().find(|name| name.eq_ignore_ascii_case(written))).copied()
}
