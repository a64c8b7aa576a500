//! Reads structs from objects alone, at every depth: serde's derived types read an array as their
//! members in order. The same way down can take member names in any case.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use self::case::Case;
pub(crate) use self::case::{Folded, Kept};
pub(crate) use self::named::Named;

mod case;
mod named;

/// A deserializer that knows, here and below, when it is asked for a struct.
///
/// What stands between serde and a struct's members asks to be inlined: a function of its own moves the whole struct
/// once more.
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
            self.inner.$method($($argument,)* Told { visitor, case: self.case })
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
        self.inner.deserialize_struct(name, names, Members { visitor, names, case: self.case })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_ignored_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// A visitor of anything but a struct.
struct Told<V, C> {
    visitor: V,
    case: C,
}

/// A struct's visitor. A type of its own, so that how serde reads a struct from an array is not compiled, which
/// never runs.
struct Members<V, C> {
    visitor: V,
    names: &'static [&'static str],
    case: C,
}

macro_rules! pass {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

/// What is the same for both.
macro_rules! pass_on {
    () => {
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

        #[inline]
        fn visit_newtype_struct<D: Deserializer<'de>>(
            self,
            inner: D,
        ) -> Result<V::Value, D::Error> {
            self.visitor.visit_newtype_struct(Structs::new(inner, self.case))
        }

        #[inline]
        fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
            self.visitor.visit_enum(Below { inner: data, case: self.case })
        }
    };
}

impl<'de, V: Visitor<'de>, C: Case> Visitor<'de> for Told<V, C> {
    pass_on!();

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(Below { inner: array, case: self.case })
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Below { inner: object, case: self.case })
    }
}

impl<'de, V: Visitor<'de>, C: Case> Visitor<'de> for Members<V, C> {
    pass_on!();

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<V::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Seq, &self))
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<V::Value, A::Error> {
        let object = Below { inner: object, case: self.case };
        self.visitor.visit_map(self.case.object(object, self.names))
    }
}

/// An array, an object or an enum whose content is read through [`Structs`]; or the seed of it.
struct Below<A, C> {
    inner: A,
    case: C,
}

impl<'de, A: SeqAccess<'de>, C: Case> SeqAccess<'de> for Below<A, C> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Below { inner: seed, case: self.case })
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
        self.inner.next_value_seed(Below { inner: seed, case: self.case })
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

    #[inline]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Below { inner: seed, case: self.case })
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(length, Told { visitor, case: self.case })
    }

    #[inline]
    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(names, Members { visitor, names, case: self.case })
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
