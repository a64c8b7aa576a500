//! What is in an array or an object, one item or member after the other.

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::Reader;
use crate::json::cursor::Cursor;
use crate::json::misfit::Misfit;

/// The items of an array, from behind its bracket on.
pub(super) struct Items<'r, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
    pub(super) index: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Misfit;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Misfit> {
        let index = self.index;
        let is_next =
            if index == 0 { self.reader.peek() != Some(b']') } else { self.reader.skip(b',') };
        if !is_next {
            return Ok(None);
        }
        self.index = index.saturating_add(1);
        seed.deserialize(&mut *self.reader).map(Some).map_err(|misfit| misfit.in_item(index))
    }
}

/// The members of an object, from behind its brace on.
pub(super) struct Members<'r, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
    /// Where the last name stands.
    pub(super) name: Option<Cursor<'de>>,
}

impl Members<'_, '_> {
    /// Reads the name once more, which only an error needs.
    #[cold]
    fn named(&self, misfit: Misfit) -> Misfit {
        let whole = self.reader.whole;
        match self.name.and_then(|rest| Reader { whole, rest }.string()) {
            Some(name) => misfit.in_member(&name),
            None => misfit,
        }
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Misfit;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Misfit> {
        let is_next = self.name.is_none() || self.reader.skip(b',');
        if !is_next || self.reader.peek() != Some(b'"') {
            return Ok(None);
        }
        self.name = Some(self.reader.rest);
        seed.deserialize(self.reader.expect_string()?).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Misfit> {
        if !self.reader.skip(b':') {
            return Err(Misfit::invalid());
        }
        seed.deserialize(&mut *self.reader).map_err(|misfit| self.named(misfit))
    }
}
