//! Other ways in which the sender may sign.

use std::borrow::Cow;
use std::fmt;

use super::Change;
use crate::Request;
use crate::scheme::{Encoding, Grammar, Hash, Layout, Presented, catalog};

/// What the sender may do otherwise than the layout says.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutChange {
    /// It uses this hash.
    Hash(Hash),
    /// It encodes so.
    Encoding(Encoding),
    /// It puts nothing before the signature.
    WithoutPrefix,
    /// It puts this before the signature.
    Prefix(Cow<'static, str>),
    /// It calls the signature so among the fields of the value.
    Field(&'static str),
    /// It signs as this row of the [catalogue](catalog) says.
    Sender(&'static str),
}

impl fmt::Display for LayoutChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hash(hash) => write!(f, "the layout said {hash}"),
            Self::Encoding(encoding) => write!(f, "the layout said {encoding}"),
            Self::WithoutPrefix => f.write_str("the layout had no text before the signature"),
            Self::Prefix(prefix) => write!(f, "the layout had `{prefix}` before the signature"),
            Self::Field(name) => write!(f, "the layout called the signature's field `{name}`"),
            Self::Sender(name) => write!(f, "the layout were that of `{name}` in the catalogue"),
        }
    }
}

/// What the value's spelling allows, and the rows of the catalogue whose header is there.
pub(super) fn variants(own: &Layout, request: &Request<'_>) -> Vec<(Vec<Change>, Layout)> {
    let headers = own.source().headers();
    let presented = Presented::read(own.source(), &headers, request);
    let mut variants = presented.map(|presented| spellings(own, &presented)).unwrap_or_default();
    variants.truncate(MOST_SPELLINGS);

    let mut seen = vec![own];
    for sender in catalog::senders() {
        let layout = sender.layout();
        let names = layout.source().headers();
        let is_there = names.iter().any(|name| request.headers().get(name).is_some());
        if is_there && !seen.contains(&layout) && seen.len() <= MOST_ROWS {
            let change = Change::Layout(LayoutChange::Sender(sender.name()));
            variants.push((vec![change], layout.clone()));
            seen.push(layout);
        }
    }
    variants
}

/// Every grammar, encoding and hash by which one of the values holds a signature of the hash's
/// length.
fn spellings(own: &Layout, presented: &Presented<'_>) -> Vec<(Vec<Change>, Layout)> {
    let mut variants = Vec::new();
    for (of_grammar, grammar) in grammars(own.grammar(), presented) {
        for encoding in [Encoding::Hex, Encoding::Base64, Encoding::Base64Url] {
            let lengths: Vec<_> = presented
                .values()
                .flat_map(|value| grammar.signatures(value))
                .filter_map(|text| Some(encoding.decode(text, &mut [0; 64])?.len()))
                .collect();
            for hash in [Hash::Sha256, Hash::Sha1, Hash::Sha512, Hash::Sha384, Hash::PlainSha256] {
                let of_encoding =
                    (encoding != own.encoding()).then_some(LayoutChange::Encoding(encoding));
                let of_hash = (hash != own.hash()).then_some(LayoutChange::Hash(hash));
                let changes = of_grammar.iter().cloned().chain(of_encoding).chain(of_hash);
                let changes: Vec<_> = changes.map(Change::Layout).collect();
                if !changes.is_empty() && lengths.contains(&hash.length()) {
                    let grammar = grammar.clone();
                    variants.push((changes, Layout { grammar, encoding, hash, ..own.clone() }));
                }
            }
        }
    }
    variants
}

fn grammars(own: &Grammar, presented: &Presented<'_>) -> Vec<(Option<LayoutChange>, Grammar)> {
    let mut grammars = vec![(None, own.clone())];
    let own_prefix = match own {
        Grammar::Prefix(prefix) | Grammar::List { prefix, .. } => prefix.clone(),
        Grammar::Word(word) => Cow::Owned(format!("{word} ")),
        _ => Cow::Borrowed(""),
    };
    if !own_prefix.is_empty() {
        let bare = with_prefix(own, "").map(|it| (Some(LayoutChange::WithoutPrefix), it));
        grammars.extend(bare);
    }
    let known = PREFIXES.into_iter().map(Cow::Borrowed).chain([own_prefix.clone()]);
    for known in known.filter(|known| !known.is_empty()) {
        for value in presented.values() {
            // As it is spelled: senders differ in the case.
            let start = value.get(..known.len()).and_then(|start| std::str::from_utf8(start).ok());
            let start = start.filter(|it| it.eq_ignore_ascii_case(&known) && *it != own_prefix);
            let other = start.and_then(|start| with_prefix(own, start));
            grammars.extend(other.map(|it| (Some(LayoutChange::Prefix(known.clone())), it)));
        }
    }
    for name in FIELDS {
        let other = match own {
            Grammar::Fields { separator, timestamp, signature } if signature != name => {
                let (separator, timestamp) = (*separator, timestamp.clone());
                Grammar::Fields { separator, timestamp, signature: Cow::Borrowed(name) }
            }
            Grammar::Groups { timestamp, signature } if signature != name => {
                Grammar::Groups { timestamp: timestamp.clone(), signature: Cow::Borrowed(name) }
            }
            _ => continue,
        };
        grammars.push((Some(LayoutChange::Field(name)), other));
    }
    grammars
}

fn with_prefix(own: &Grammar, prefix: &str) -> Option<Grammar> {
    let prefix = Cow::Owned(prefix.to_owned());
    match own {
        Grammar::Bare | Grammar::Prefix(_) | Grammar::Word(_) => Some(Grammar::Prefix(prefix)),
        Grammar::List { separator, .. } => {
            Some(Grammar::List { separator: *separator, prefix, optional: false })
        }
        _ => None,
    }
}

/// What senders put before a signature. Only these are told: whatever else stands there may be a
/// part of it.
const PREFIXES: [&str; 11] = [
    "sha256=",
    "sha1=",
    "sha512=",
    "sha384=",
    "hmac-sha256=",
    "sha1hash=",
    "v1=",
    "v0=",
    "v1,",
    "HMAC ",
    "Bearer ",
];

/// What senders call a signature.
const FIELDS: [&str; 7] = ["v1", "v0", "s", "h1", "sig", "signature", "sha256"];

const MOST_SPELLINGS: usize = 24;
const MOST_ROWS: usize = 16;
pub(super) const MOST: usize = MOST_SPELLINGS.saturating_add(MOST_ROWS);
