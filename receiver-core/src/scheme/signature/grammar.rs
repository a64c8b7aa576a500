//! How a value spells one signature or several, and perhaps the timestamp beside them.

use std::borrow::Cow;

use crate::scheme::AuthError;

/// How a value spells one signature or several, and perhaps the timestamp beside them.
///
/// What is unknown in a list is passed over, so that a sender can add to it; a list of nothing but
/// unknown is refused. Spaces around the members of a list do not count.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// The signature alone.
    Bare,
    /// The signature behind a fixed text, such as `sha256=`.
    Prefix(Cow<'static, str>),
    /// The signature behind a word in any case and a space, as `Authorization` has it (RFC 9110,
    /// section 11.4).
    Word(Cow<'static, str>),
    /// Signatures, each behind the same text: `v1,<signature> v1,<signature>`.
    List {
        /// What stands between two.
        separator: char,
        /// What stands before each; it may be empty.
        prefix: Cow<'static, str>,
        /// Whether a member without the prefix is a signature too.
        optional: bool,
    },
    /// Named fields: `t=<timestamp>,v1=<signature>,v1=<signature>`. The timestamp stands once.
    Fields {
        /// What stands between two.
        separator: char,
        /// The name of the timestamp.
        timestamp: Cow<'static, str>,
        /// The name of a signature.
        signature: Cow<'static, str>,
    },
    /// Groups of named fields with a space between them, all with the same timestamp:
    /// `t=<timestamp>,v1=<signature> t=<timestamp>,v1=<signature>`.
    Groups {
        /// The name of the timestamp.
        timestamp: Cow<'static, str>,
        /// The name of a signature.
        signature: Cow<'static, str>,
    },
    /// The timestamp and behind it signatures: `<timestamp>,<signature>,<signature>`.
    Positional {
        /// What stands between two.
        separator: char,
    },
    /// Signatures, each behind the name of its key: `<name>|<signature>&<name>|<signature>`. The
    /// name is not looked at: the key that matches is the key.
    Named {
        /// What stands between two.
        separator: char,
        /// What stands between a name and its signature.
        joint: char,
    },
}

impl Grammar {
    /// [`Grammar::Prefix`].
    #[must_use]
    pub const fn prefix(prefix: &'static str) -> Self {
        Self::Prefix(Cow::Borrowed(prefix))
    }

    /// [`Grammar::Word`].
    #[must_use]
    pub const fn word(word: &'static str) -> Self {
        Self::Word(Cow::Borrowed(word))
    }

    /// [`Grammar::List`] whose prefix is needed.
    #[must_use]
    pub const fn list(separator: char, prefix: &'static str) -> Self {
        Self::List { separator, prefix: Cow::Borrowed(prefix), optional: false }
    }

    /// [`Grammar::Fields`].
    #[must_use]
    pub const fn fields(separator: char, timestamp: &'static str, signature: &'static str) -> Self {
        let (timestamp, signature) = (Cow::Borrowed(timestamp), Cow::Borrowed(signature));
        Self::Fields { separator, timestamp, signature }
    }

    /// [`Grammar::Groups`].
    #[must_use]
    pub const fn groups(timestamp: &'static str, signature: &'static str) -> Self {
        let (timestamp, signature) = (Cow::Borrowed(timestamp), Cow::Borrowed(signature));
        Self::Groups { timestamp, signature }
    }

    /// Whether the timestamp stands beside the signatures.
    #[cfg(any(test, feature = "config"))]
    pub(crate) const fn has_timestamp(&self) -> bool {
        matches!(self, Self::Fields { .. } | Self::Groups { .. } | Self::Positional { .. })
    }

    /// Refuses values that hold no signature of the kind we know, with the reason for the log.
    pub(super) fn check<'v>(
        &self,
        mut values: impl Iterator<Item = &'v [u8]>,
    ) -> Result<(), AuthError> {
        if values.any(|value| self.signatures(value).next().is_some()) {
            return Ok(());
        }
        Err(match self {
            Self::List { .. } | Self::Fields { .. } | Self::Groups { .. } => {
                AuthError::UnknownVersion
            }
            _ => AuthError::Malformed,
        })
    }

    /// The signatures in a value, still encoded.
    pub(crate) fn signatures<'v>(&self, value: &'v [u8]) -> impl Iterator<Item = &'v [u8]> {
        self.members(value).enumerate().filter_map(move |(place, member)| match self {
            Self::Bare => Some(member),
            Self::Prefix(prefix) => member.strip_prefix(prefix.as_bytes()),
            Self::Word(word) => {
                let (start, rest) = member.split_at_checked(word.len())?;
                let rest = rest.strip_prefix(b" ")?;
                start.eq_ignore_ascii_case(word.as_bytes()).then(|| trim(rest))
            }
            Self::List { prefix, optional, .. } => member
                .strip_prefix(prefix.as_bytes())
                .or(optional.then_some(member))
                .filter(|_| !member.is_empty()),
            Self::Fields { signature, .. } | Self::Groups { signature, .. } => {
                field(member, signature)
            }
            Self::Positional { .. } => (place > 0).then_some(member),
            Self::Named { joint, .. } => {
                let at = member.iter().position(|&byte| char::from(byte) == *joint)?;
                member.get(at.saturating_add(1)..)
            }
        })
    }

    /// The timestamp's text in a value, for a grammar that has it there.
    pub(super) fn timestamp<'v>(&self, value: &'v [u8]) -> Result<&'v [u8], AuthError> {
        let mut found = self.members(value).filter_map(|member| match self {
            Self::Fields { timestamp, .. } | Self::Groups { timestamp, .. } => {
                field(member, timestamp)
            }
            Self::Positional { .. } => Some(member),
            _ => None,
        });
        let first = found.next().ok_or(AuthError::Malformed)?;
        let repeats = match self {
            Self::Positional { .. } => false,
            Self::Groups { .. } => found.any(|other| other != first),
            _ => found.next().is_some(),
        };
        if repeats { Err(AuthError::Repeated) } else { Ok(first) }
    }

    /// The value for one signature.
    pub(super) fn write(&self, timestamp: &str, text: &str) -> String {
        match self {
            Self::Bare => text.to_owned(),
            Self::Prefix(prefix) | Self::List { prefix, .. } => format!("{prefix}{text}"),
            Self::Word(word) => format!("{word} {text}"),
            Self::Fields { separator, timestamp: name, signature } => {
                format!("{name}={timestamp}{separator}{signature}={text}")
            }
            Self::Groups { timestamp: name, signature } => {
                format!("{name}={timestamp},{signature}={text}")
            }
            Self::Positional { separator } => format!("{timestamp}{separator}{text}"),
            Self::Named { joint, .. } => format!("key{joint}{text}"),
        }
    }

    /// The members of a list; a value that is no list is its only member.
    fn members<'v>(&self, value: &'v [u8]) -> Members<'v> {
        let separator = self.separator().and_then(|separator| u8::try_from(separator).ok());
        let other = matches!(self, Self::Groups { .. }).then_some(b' ');
        Members { rest: Some(value), separator, other }
    }

    /// What stands between two members, where there can be two.
    pub(super) const fn separator(&self) -> Option<char> {
        match *self {
            Self::Bare | Self::Prefix(_) | Self::Word(_) => None,
            Self::Groups { .. } => Some(','),
            Self::List { separator, .. }
            | Self::Fields { separator, .. }
            | Self::Positional { separator }
            | Self::Named { separator, .. } => Some(separator),
        }
    }
}

/// The members of a list, without the spaces around them.
struct Members<'v> {
    rest: Option<&'v [u8]>,
    separator: Option<u8>,
    other: Option<u8>,
}

impl<'v> Iterator for Members<'v> {
    type Item = &'v [u8];

    fn next(&mut self) -> Option<&'v [u8]> {
        let rest = self.rest.take()?;
        let Some(separator) = self.separator else { return Some(rest) };
        let end = match self.other {
            // Most values have one member, which is quicker to see.
            None if !rest.contains(&separator) => None,
            None => rest.iter().position(|&byte| byte == separator),
            Some(other) => rest.iter().position(|&byte| byte == separator || byte == other),
        };
        let (member, rest) = match end {
            Some(end) => (rest.get(..end)?, rest.get(end.saturating_add(1)..)),
            None => (rest, None),
        };
        self.rest = rest;
        Some(trim(member))
    }
}

/// The value of a member that is this field.
fn field<'v>(member: &'v [u8], name: &str) -> Option<&'v [u8]> {
    member.strip_prefix(name.as_bytes())?.strip_prefix(b"=")
}

/// Without the spaces and tabs around it, which RFC 9110 (section 5.6.3) calls optional.
fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{AuthError, Grammar};

    #[track_caller]
    fn check(grammar: &Grammar, value: &str, expected: &[&str]) {
        let found: Vec<_> = grammar.signatures(value.as_bytes()).collect();
        let expected: Vec<_> = expected.iter().map(|text| text.as_bytes()).collect();
        assert_eq!(found, expected, "{value}");
        assert_eq!(grammar.check([value.as_bytes()].into_iter()).is_ok(), !expected.is_empty());
    }

    #[track_caller]
    fn check_time(grammar: &Grammar, value: &str, expected: Result<&str, AuthError>) {
        assert_eq!(grammar.timestamp(value.as_bytes()), expected.map(str::as_bytes), "{value}");
    }

    #[test]
    fn one_signature() {
        check(&Grammar::Bare, "ab cd,ef", &["ab cd,ef"]);
        check(&Grammar::prefix("sha256="), "sha256=ab", &["ab"]);
        check(&Grammar::prefix("sha256="), "SHA256=ab", &[]);
        check(&Grammar::prefix("sha256="), "ab", &[]);
        check(&Grammar::word("HMAC"), "HMAC ab", &["ab"]);
        check(&Grammar::word("HMAC"), "hmac   ab", &["ab"]);
        check(&Grammar::word("HMAC"), "HMACab", &[]);
        check(&Grammar::word("HMAC"), "Bearer ab", &[]);
        check(&Grammar::word("HMAC"), "", &[]);
    }

    #[test]
    fn lists() {
        let versions = Grammar::list(' ', "v1,");
        check(&versions, "v1,ab v1a,cd  v1,ef v2,gh", &["ab", "ef"]);
        check(&versions, "v2,ab", &[]);
        check(&versions, "", &[]);
        check(&Grammar::list(',', "v1="), "v1=ab, v1=cd,v0=ef", &["ab", "cd"]);
        check(&Grammar::list(',', ""), "ab,,cd", &["ab", "cd"]);
        let prefix = Cow::Borrowed("sha256=");
        let optional = Grammar::List { separator: ',', prefix, optional: true };
        check(&optional, "sha256=ab,cd", &["ab", "cd"]);
        let named = Grammar::Named { separator: '&', joint: '|' };
        check(&named, "one|ab&two|cd&ef", &["ab", "cd"]);
    }

    #[test]
    fn fields() {
        let stripe = Grammar::fields(',', "t", "v1");
        check(&stripe, "t=1,v1=ab,v0=cd,v1=ef,v1a=gh", &["ab", "ef"]);
        check(&stripe, "t=1, v1=ab", &["ab"]);
        check(&stripe, "t=1,v0=ab", &[]);
        check(&Grammar::fields(';', "ts", "h1"), "ts=1;h1=ab;h1=cd", &["ab", "cd"]);
        check(&Grammar::groups("t", "v1"), "t=1,v1=ab t=1,v1=cd", &["ab", "cd"]);
        check(&Grammar::Positional { separator: ',' }, "1,ab,cd", &["ab", "cd"]);
        check(&Grammar::Positional { separator: ',' }, "1", &[]);
    }

    #[test]
    fn a_timestamp_beside_the_signatures_stands_once() {
        let stripe = Grammar::fields(',', "t", "v1");
        check_time(&stripe, "t=1,v1=ab", Ok("1"));
        check_time(&stripe, "v1=ab, t=1", Ok("1"));
        check_time(&stripe, "v1=ab,tt=1", Err(AuthError::Malformed));
        check_time(&stripe, "t=1,t=1,v1=ab", Err(AuthError::Repeated));
        check_time(&stripe, "t=1,v1=ab,t=2", Err(AuthError::Repeated));
        let groups = Grammar::groups("t", "v1");
        check_time(&groups, "t=1,v1=ab t=1,v1=cd", Ok("1"));
        check_time(&groups, "t=1,v1=ab t=2,v1=cd", Err(AuthError::Repeated));
        check_time(&Grammar::Positional { separator: ',' }, "1,ab,cd", Ok("1"));
        check_time(&Grammar::Bare, "t=1", Err(AuthError::Malformed));
    }
}
