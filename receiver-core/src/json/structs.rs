//! Reads structs from objects alone, at every depth: serde's derived types read an array as their
//! members in order. The same way down can take member names in any case.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

pub(crate) use self::named::Named;

mod named;

/// How the names of a struct's members are compared. A type, so that what reads in one way is not compiled for both.
pub(crate) trait Case: Copy {
    /// Without regard to ASCII case, or as they are written.
    const IS_FOLDED: bool;
}

/// As they are written.
#[derive(Clone, Copy)]
pub(crate) struct Kept;

/// Without regard to ASCII case.
#[derive(Clone, Copy)]
pub(crate) struct Folded;

impl Case for Kept {
    const IS_FOLDED: bool = false;
}

impl Case for Folded {
    const IS_FOLDED: bool = true;
}

/// A deserializer that knows, here and below, when it is asked for a struct.
///
/// What stands between serde and a struct's members is inlined: on its own it would move the whole struct once more.
///
/// It does not reach into what serde reads from a copy of its own: `#[serde(flatten)]`, untagged and
/// internally tagged enums, and adjacently tagged ones whose content stands before the tag.
pub(crate) struct Structs<D, C> {
    inner: D,
    case: C,
}

impl<D, C> Structs<D, C> {
    pub(crate) fn new(inner: D, case: C) -> Self {
        Self { inner, case }
    }
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(
            self,
            $($argument: $type,)*
            visitor: V,
        ) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* Told { visitor, names: None, case: self.case })
        }
    )*};
}

impl<'de, D: Deserializer<'de>, C: Case> Deserializer<'de> for Structs<D, C> {
    type Error = D::Error;

    forward! {
        deserialize_any(); deserialize_bool(); deserialize_char(); deserialize_f32();
        deserialize_i8(); deserialize_i16(); deserialize_i32(); deserialize_i64();
        deserialize_i128(); deserialize_u8(); deserialize_u16(); deserialize_u32();
        deserialize_u64(); deserialize_u128(); deserialize_f64(); deserialize_str();
        deserialize_string(); deserialize_bytes(); deserialize_byte_buf(); deserialize_option();
        deserialize_unit(); deserialize_seq(); deserialize_map(); deserialize_identifier();
        deserialize_tuple(length: usize); deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_tuple_struct(name: &'static str, length: usize);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = Told { visitor, names: Some(names), case: self.case };
        self.inner.deserialize_struct(name, names, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_ignored_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// A visitor, and the names that its members have if it is a struct's.
struct Told<V, C> {
    visitor: V,
    names: Option<&'static [&'static str]>,
    case: C,
}

macro_rules! pass {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>, C: Case> Visitor<'de> for Told<V, C> {
    type Value = V::Value;

    pass! {
        visit_bool(bool); visit_char(char); visit_f32(f32); visit_f64(f64);
        visit_i8(i8); visit_i16(i16); visit_i32(i32); visit_i64(i64); visit_i128(i128);
        visit_u8(u8); visit_u16(u16); visit_u32(u32); visit_u64(u64); visit_u128(u128);
        visit_str(&str); visit_borrowed_str(&'de str); visit_string(String);
        visit_bytes(&[u8]); visit_borrowed_bytes(&'de [u8]); visit_byte_buf(Vec<u8>);
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Structs::new(inner, self.case))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Structs::new(inner, self.case))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<V::Value, A::Error> {
        match self.names {
            None => self.visitor.visit_seq(Below { inner: array, case: self.case }),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<V::Value, A::Error> {
        let object = Below { inner: object, case: self.case };
        match self.names {
            Some(names) if C::IS_FOLDED => self.visitor.visit_map(Named { object, names }),
            _ => self.visitor.visit_map(object),
        }
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Below { inner: data, case: self.case })
    }
}

/// An array, an object or an enum whose content is read through [`Structs`]; or the seed of it.
struct Below<A, C> {
    inner: A,
    case: C,
}

impl<A, C: Case> Below<A, C> {
    fn seed<S>(&self, seed: S) -> Below<S, C> {
        Below { inner: seed, case: self.case }
    }
}

impl<'de, A: SeqAccess<'de>, C: Case> SeqAccess<'de> for Below<A, C> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let seed = self.seed(seed);
        self.inner.next_element_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>, C: Case> MapAccess<'de> for Below<A, C> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_key_seed(seed)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let seed = self.seed(seed);
        self.inner.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>, C: Case> EnumAccess<'de> for Below<A, C> {
    type Error = A::Error;
    type Variant = Below<A::Variant, C>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let (name, variant) = self.inner.variant_seed(seed)?;
        Ok((name, Below { inner: variant, case: self.case }))
    }
}

impl<'de, A: VariantAccess<'de>, C: Case> VariantAccess<'de> for Below<A, C> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        let seed = self.seed(seed);
        self.inner.newtype_variant_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(length, Told { visitor, names: None, case: self.case })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(names, Told { visitor, names: Some(names), case: self.case })
    }
}

impl<'de, S: DeserializeSeed<'de>, C: Case> DeserializeSeed<'de> for Below<S, C> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Structs::new(deserializer, self.case))
    }
}

#[cfg(test)]
mod tests;
