//! Member names matched without regard to case: `companyId`, `CompanyID` and `CompanyId` are one.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use self::folded::Folded;
use self::named::Named;

mod folded;
mod named;

/// A value whose structs find their members in any spelling of ASCII case, at every depth.
///
/// A name is compared with the names and aliases that the struct declares, so structs are written
/// and errors are worded with the names of the sender's manual. Two spellings of one member in one
/// object are refused as a duplicate: nobody knows which of them was meant. The keys of a map stay
/// as they are, numbers keep every digit, and a struct is not read from an array.
///
/// It does not reach into what serde reads from a copy of its own: `#[serde(flatten)]`, enums that are
/// untagged or tagged in the object that holds their content, and content that stands before the tag
/// beside it.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::caseless::Caseless;
///
/// #[derive(serde::Deserialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct Contract {
///     #[serde(alias = "Nmber")]
///     number: u32,
/// }
///
/// for json in [r#"{"Number": 7}"#, r#"{"number": 7}"#, r#"{"NUMBER": 7}"#, r#"{"nmber": 7}"#] {
///     let Caseless(contract) = serde_json::from_str::<Caseless<Contract>>(json)?;
///     assert_eq!(contract.number, 7);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caseless<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Caseless<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(Folded(deserializer)).map(Self)
    }
}

/// Reads a value from an object that a visitor of one's own was given inside a [`Caseless`].
/// (`MapAccessDeserializer` alone would lose the names that the value declares.)
pub(crate) fn object<'de, T, A>(object: A) -> Result<T, A::Error>
where
    T: Deserialize<'de>,
    A: MapAccess<'de>,
{
    T::deserialize(Object(object))
}

/// An object whose values already fold.
struct Object<A>(A);

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Object<A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        MapAccessDeserializer::new(self.0).deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_map(Named { object: self.0, names })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests;
