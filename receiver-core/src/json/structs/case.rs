//! `Case`: whether the names of a struct's members are compared with regard to it.

use serde::de::MapAccess;

use super::named::Named;

/// How they are compared. It is a type and no flag, because both branches of a flag are compiled for each struct.
pub(crate) trait Case: Copy {
    /// An object as a struct's visitor is to see it.
    type Object<'de, A: MapAccess<'de>>: MapAccess<'de, Error = A::Error>;

    fn object<'de, A: MapAccess<'de>>(
        self,
        object: A,
        names: &'static [&'static str],
    ) -> Self::Object<'de, A>;
}

/// As they are written.
#[derive(Clone, Copy)]
pub(crate) struct Kept;

/// Without regard to ASCII case.
#[derive(Clone, Copy)]
pub(crate) struct Folded;

impl Case for Kept {
    type Object<'de, A: MapAccess<'de>> = A;

    #[inline]
    fn object<'de, A: MapAccess<'de>>(self, object: A, _: &'static [&'static str]) -> A {
        object
    }
}

impl Case for Folded {
    type Object<'de, A: MapAccess<'de>> = Named<A>;

    #[inline]
    fn object<'de, A: MapAccess<'de>>(self, object: A, names: &'static [&'static str]) -> Named<A> {
        Named { object, names }
    }
}
