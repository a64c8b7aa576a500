//! Reads structs from objects alone, at every depth: serde's derived types read an array as their
//! members in order. The same way down can take member names in any case.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

pub(crate) use self::named::Named;

mod named;

/// The names of a struct's members are compared as they are written.
pub(crate) const KEPT: bool = false;

/// They are compared without regard to ASCII case.
pub(crate) const FOLDED: bool = true;

/// A deserializer that knows, here and below, when it is asked for a struct.
///
/// What stands between serde and a struct's members asks to be inlined: a function of its own moves the whole struct
/// once more. For the same reason the case is no value: nothing is compiled that does not run.
///
/// It does not reach into what serde reads from a copy of its own: `#[serde(flatten)]`, untagged and
/// internally tagged enums, and adjacently tagged ones whose content stands before the tag.
pub(crate) struct Structs<D, const CASE: bool> {
    inner: D,
}

impl<D, const CASE: bool> Structs<D, CASE> {
    pub(crate) fn new(inner: D) -> Self {
        Self { inner }
    }
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(
            self,
            $($argument: $type,)*
            visitor: V,
        ) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* Told::<_, CASE> { visitor, names: None })
        }
    )*};
}

impl<'de, D: Deserializer<'de>, const CASE: bool> Deserializer<'de> for Structs<D, CASE> {
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
        let visitor = Told::<_, CASE> { visitor, names: Some(names) };
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
struct Told<V, const CASE: bool> {
    visitor: V,
    names: Option<&'static [&'static str]>,
}

macro_rules! pass {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>, const CASE: bool> Visitor<'de> for Told<V, CASE> {
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
        self.visitor.visit_some(Structs::<_, CASE>::new(inner))
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Structs::<_, CASE>::new(inner))
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<V::Value, A::Error> {
        match self.names {
            None => self.visitor.visit_seq(Below::<_, CASE> { inner: array }),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<V::Value, A::Error> {
        let object = Below::<_, CASE> { inner: object };
        match self.names {
            Some(names) if CASE == FOLDED => self.visitor.visit_map(Named { object, names }),
            _ => self.visitor.visit_map(object),
        }
    }

    #[inline]
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Below::<_, CASE> { inner: data })
    }
}

/// An array, an object or an enum whose content is read through [`Structs`]; or the seed of it.
struct Below<A, const CASE: bool> {
    inner: A,
}

impl<'de, A: SeqAccess<'de>, const CASE: bool> SeqAccess<'de> for Below<A, CASE> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Below::<_, CASE> { inner: seed })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>, const CASE: bool> MapAccess<'de> for Below<A, CASE> {
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
        self.inner.next_value_seed(Below::<_, CASE> { inner: seed })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>, const CASE: bool> EnumAccess<'de> for Below<A, CASE> {
    type Error = A::Error;
    type Variant = Below<A::Variant, CASE>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let (name, variant) = self.inner.variant_seed(seed)?;
        Ok((name, Below::<_, CASE> { inner: variant }))
    }
}

impl<'de, A: VariantAccess<'de>, const CASE: bool> VariantAccess<'de> for Below<A, CASE> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    #[inline]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Below::<_, CASE> { inner: seed })
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(length, Told::<_, CASE> { visitor, names: None })
    }

    #[inline]
    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(names, Told::<_, CASE> { visitor, names: Some(names) })
    }
}

impl<'de, S: DeserializeSeed<'de>, const CASE: bool> DeserializeSeed<'de> for Below<S, CASE> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Structs::<_, CASE>::new(deserializer))
    }
}

#[cfg(test)]
mod tests;
