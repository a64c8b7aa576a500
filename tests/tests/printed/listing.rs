//! The public types, out of the listing that `.ci/api` writes.

use std::collections::{BTreeMap, BTreeSet};

/// A public type.
#[derive(Default)]
pub(crate) struct Type {
    is_enum: bool,
    is_tuple: bool,
    is_displayed: bool,
    /// An enum's variants that hold something, as a derived `Debug` begins them.
    variants: BTreeSet<String>,
}

impl Type {
    /// Whether it is one of several words and nothing else.
    pub(crate) fn is_word(&self) -> bool {
        self.is_enum && self.variants.is_empty()
    }

    /// Whether it implements `Display`.
    pub(crate) fn is_displayed(&self) -> bool {
        self.is_displayed
    }

    /// Whether a derived `Debug` of this type, with all that it can hold, stands in the text.
    pub(crate) fn stands_in(&self, path: &str, text: &str) -> bool {
        let name = path.rsplit("::").next().unwrap_or(path);
        let own = format!("{name}{}", if self.is_tuple { "(" } else { " {" });
        let begins = |word: &String| {
            let mut places = text.match_indices(word.as_str());
            places.any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
        };
        if self.is_enum { self.variants.iter().all(begins) } else { begins(&own) }
    }
}

/// All of them, by their paths without the crate's name. One is known by several paths where it is
/// exported from several modules; `sender` adds nothing to a path.
pub(crate) fn types(listing: &str) -> BTreeMap<String, Type> {
    let items: Vec<_> = listing.lines().filter_map(item).collect();
    let mut types = BTreeMap::new();
    for (kind, path, rest) in &items {
        if matches!(*kind, "struct" | "enum" | "union") {
            let is_tuple = rest.trim_start_matches(|it| it != '(').starts_with('(');
            let new = Type { is_enum: *kind == "enum", is_tuple, ..Type::default() };
            types.insert(path.clone(), new);
        }
    }
    let parents: BTreeSet<_> =
        items.iter().filter_map(|(_, path, _)| Some(path.rsplit_once("::")?.0)).collect();
    for (kind, path, rest) in &items {
        let Some((parent, name)) = path.rsplit_once("::") else { continue };
        let Some(of) = types.get_mut(parent).filter(|of| of.is_enum && kind.is_empty()) else {
            continue;
        };
        if rest.starts_with('(') {
            of.variants.insert(format!("{name}("));
        } else if parents.contains(path.as_str()) {
            of.variants.insert(format!("{name} {{"));
        }
    }
    for path in listing.lines().filter_map(|line| line.split_once("core::fmt::Display for ")) {
        let path = path.1.trim_start_matches("receiver_core::").trim_start_matches("sender::");
        let path = path.split('<').next().unwrap_or(path);
        if let Some(of) = types.get_mut(path) {
            of.is_displayed = true;
        }
    }
    types
}

/// A line's kind of item (none for what belongs to a type), path, and what stands behind it.
fn item(line: &str) -> Option<(&str, String, &str)> {
    let line = line.strip_prefix("#[non_exhaustive] ").unwrap_or(line).strip_prefix("pub ")?;
    let (kind, path) = line.split_once("receiver_core::")?;
    let end = path.find(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter));
    let (path, rest) = path.split_at(end.unwrap_or(path.len()));
    let path = path.strip_prefix("sender::").unwrap_or(path).trim_end_matches(':');
    Some((kind.trim(), path.to_owned(), rest))
}
