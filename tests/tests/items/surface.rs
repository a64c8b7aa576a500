//! What is public, by which path, and where it is defined.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::source::Source;

/// The public items of the crate.
pub(crate) struct Surface {
    /// By the path of where they are defined.
    items: BTreeMap<String, Item>,
    exports: BTreeMap<String, String>,
}

/// A type, a trait, a function, a constant, a module: not what belongs to one of them.
pub(crate) struct Item {
    /// The shortest path to it.
    pub(crate) path: String,
    pub(crate) is_trait: bool,
}

impl Surface {
    /// Of the listing that `.ci/api` writes.
    pub(crate) fn new(listing: &str, sources: &[Source]) -> Self {
        let exports = sources.iter().flat_map(Source::exports).collect();
        let mut surface = Self { items: BTreeMap::new(), exports };
        let listed: Vec<_> = listing.lines().filter_map(item).collect();
        let modules: BTreeSet<_> =
            listed.iter().filter(|(kind, _)| *kind == "mod").map(|(_, path)| *path).collect();
        for (kind, path) in listed.iter().copied() {
            let is_in_module =
                path.rsplit_once("::").is_some_and(|(parent, _)| modules.contains(parent));
            if !is_in_module {
                continue;
            }
            let new = Item { path: path.to_owned(), is_trait: kind == "trait" };
            let item = surface.items.entry(surface.home(path)).or_insert(new);
            if path.len() < item.path.len() {
                path.clone_into(&mut item.path);
            }
        }
        surface
    }

    /// The items, each with the path of where it is defined.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.items.iter().map(|(home, item)| (home.as_str(), item))
    }

    /// Where something is defined, whichever of its paths this is.
    pub(crate) fn home(&self, path: &str) -> String {
        let mut path = path.to_owned();
        while let Some(next) = self.source(&path) {
            path = next;
        }
        path
    }

    /// The same, seen from where its module, or it itself, is exported from.
    fn source(&self, path: &str) -> Option<String> {
        let ends = iter::once(path.len()).chain(path.rmatch_indices("::").map(|(end, _)| end));
        ends.filter_map(|end| path.split_at_checked(end)).find_map(|(start, rest)| {
            // A function may have the name of the module that it is taken from.
            let from = self.exports.get(start).filter(|from| !path.starts_with(from.as_str()))?;
            Some(format!("{from}{rest}"))
        })
    }
}

/// The kind of a line's item, and its path.
fn item(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("#[non_exhaustive] ").unwrap_or(line).strip_prefix("pub ")?;
    let start = line.find("receiver_core")?;
    let (kind, path) = line.split_at_checked(start)?;
    let kind = kind.split_whitespace().last().filter(|kind| KINDS.contains(kind))?;
    let end = path.find(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter));
    let path = path.get(..end.unwrap_or(path.len()))?;
    Some((kind, path.trim_end_matches(':')))
}

const KINDS: [&str; 8] = ["mod", "struct", "enum", "union", "trait", "fn", "const", "type"];
