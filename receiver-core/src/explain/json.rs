//! A JSON text written anew in another spelling, its numbers and the order of its members kept.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Letters, Spacing};
use crate::json::check;

/// A JSON text, its strings, numbers and literals as it spells them.
pub(super) enum Node<'t> {
    Leaf(&'t str),
    Array(Vec<Self>),
    Object(Vec<(&'t str, Self)>),
}

/// Reads a text that passes the strict pass, which bounds how deep it is.
pub(super) fn read(body: &[u8]) -> Option<Node<'_>> {
    Reader { rest: check(body).ok()?.trim_start() }.node()
}

impl Node<'_> {
    /// The text in this spelling; `None` if it would be some times as long as the `body` was.
    pub(super) fn write(
        &self,
        spacing: Spacing,
        sorted: bool,
        letters: Letters,
        body: usize,
    ) -> Option<String> {
        let most = body.saturating_mul(MOST_GROWTH);
        let mut writer = Writer { spacing, sorted, letters, most, text: String::new() };
        writer.node(self, 0).map(|()| writer.text)
    }
}

/// What is left of a text that is known to be sound.
struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn node(&mut self) -> Option<Node<'t>> {
        match self.rest.as_bytes().first()? {
            b'[' => self.members(']', Self::node).map(Node::Array),
            b'{' => {
                let member = |it: &mut Self| {
                    let name = it.leaf()?;
                    it.rest = it.rest.trim_start().strip_prefix(':')?.trim_start();
                    Some((name, it.node()?))
                };
                self.members('}', member).map(Node::Object)
            }
            _ => self.leaf().map(Node::Leaf),
        }
    }

    fn members<T>(&mut self, end: char, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut members = Vec::new();
        self.rest = self.rest.get(1..)?.trim_start();
        loop {
            if let Some(rest) = self.rest.strip_prefix(end) {
                self.rest = rest;
                return Some(members);
            }
            members.push(read(self)?);
            let rest = self.rest.trim_start();
            self.rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
    }

    /// A string with its quotes, a number or a literal.
    fn leaf(&mut self) -> Option<&'t str> {
        let end = match self.rest.strip_prefix('"') {
            Some(inside) => {
                let mut is_escaped = false;
                let is_end = |byte: u8| {
                    let is_quote = byte == b'"' && !is_escaped;
                    is_escaped = byte == b'\\' && !is_escaped;
                    is_quote
                };
                inside.bytes().position(is_end)?.saturating_add(2)
            }
            None => {
                self.rest.find([',', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(self.rest.len())
            }
        };
        let (leaf, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!leaf.is_empty()).then_some(leaf)
    }
}

struct Writer {
    spacing: Spacing,
    sorted: bool,
    letters: Letters,
    most: usize,
    text: String,
}

impl Writer {
    fn node(&mut self, node: &Node<'_>, depth: usize) -> Option<()> {
        match node {
            Node::Leaf(leaf) => self.text.push_str(&spelled(leaf, self.letters)?),
            Node::Array(nodes) => {
                self.text.push('[');
                for (place, node) in nodes.iter().enumerate() {
                    self.before(place, depth);
                    self.node(node, depth.saturating_add(1))?;
                }
                self.end(nodes.is_empty(), depth, ']');
            }
            Node::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if self.sorted {
                    // Without its end quote a name comes before a longer one that begins with it.
                    members.sort_by_key(|(name, _)| name.strip_suffix('"'));
                }
                self.text.push('{');
                for (place, (name, node)) in members.iter().enumerate() {
                    self.before(place, depth);
                    self.text.push_str(&spelled(name, self.letters)?);
                    self.text.push_str(if self.spacing == Spacing::None { ":" } else { ": " });
                    self.node(node, depth.saturating_add(1))?;
                }
                self.end(members.is_empty(), depth, '}');
            }
        }
        (self.text.len() <= self.most).then_some(())
    }

    fn before(&mut self, place: usize, depth: usize) {
        self.text.push_str(if place > 0 { "," } else { "" });
        match self.spacing {
            Spacing::None => {}
            Spacing::Spaces => self.text.push_str(if place > 0 { " " } else { "" }),
            Spacing::Lines => self.line(depth.saturating_add(1)),
        }
    }

    fn end(&mut self, is_empty: bool, depth: usize, end: char) {
        if self.spacing == Spacing::Lines && !is_empty {
            self.line(depth);
        }
        self.text.push(end);
    }

    fn line(&mut self, depth: usize) {
        self.text.push('\n');
        (0..depth).for_each(|_| self.text.push_str("  "));
    }
}

fn spelled(leaf: &str, letters: Letters) -> Option<Cow<'_, str>> {
    if letters == Letters::AsSent || !leaf.starts_with('"') {
        return Some(Cow::Borrowed(leaf));
    }
    let value: String = serde_json::from_str(leaf).ok()?;
    let plain = serde_json::to_string(&value).ok()?;
    if letters == Letters::Plain {
        return Some(Cow::Owned(plain));
    }
    let mut text = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            '/' if letters == Letters::EscapedWithSlashes => text.push_str("\\/"),
            _ if letter.is_ascii() => text.push(letter),
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(text, "\\u{unit:04x}").ok()?;
                }
            }
        }
    }
    Some(Cow::Owned(text))
}

/// A text of nothing but brackets grows by its depth with every line: that is nobody's body.
const MOST_GROWTH: usize = 8;

#[cfg(test)]
mod tests {
    use super::{Letters, Spacing, read};

    #[track_caller]
    fn check(text: &str, is_short_enough: bool) {
        let node = read(text.as_bytes()).expect("sound JSON");
        let write = |spacing| node.write(spacing, false, Letters::AsSent, text.len());
        assert_eq!(write(Spacing::None).as_deref(), Some(text));
        assert_eq!(write(Spacing::Lines).is_some(), is_short_enough);
    }

    #[test]
    fn a_text_that_would_be_many_times_as_long_is_not_written() {
        check(&["[", &"1,".repeat(1_000), "1]"].concat(), true);
        check(
            &["[".repeat(60), "1,".repeat(1_000), "1".to_owned(), "]".repeat(60)].concat(),
            false,
        );
    }

    #[test]
    fn what_is_not_sound_is_not_read() {
        for text in ["", "{", "[1", "{\"a\":1,\"a\":2}", "\u{feff}{}", &"[".repeat(200)] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
    }
}
