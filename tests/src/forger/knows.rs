//! `Knows`: what a door lets in, said a second time and naively, to judge the door by.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::Letter;

/// What proves a sender at a door.
#[derive(Clone, Debug)]
pub enum Knows {
    /// One of these pairs, as `Authorization: Basic`.
    Basic(&'static [(&'static str, &'static str)]),
    /// One of these, behind this word in `Authorization`.
    Word(&'static str, &'static [&'static str]),
    /// One of these, as this header.
    Header(&'static str, &'static [&'static str]),
    /// One of these, as this query parameter.
    Query(&'static str, &'static [&'static str]),
    /// Both, as `username` and `password`.
    Pair(&'static str, &'static str),
    /// The signature that the right letter has, over what that letter says.
    Signature,
    /// Any of these.
    Either(Vec<Self>),
    /// All of these.
    Both(Vec<Self>),
}

impl Knows {
    /// Whether a letter, made by spoiling this right one, still proves the sender.
    #[must_use]
    pub fn holds(&self, letter: &Letter, right: &Letter) -> bool {
        let one = |name: &str| match letter.values(name)[..] {
            [value] => Some(value.trim_ascii().to_vec()),
            _ => None,
        };
        let is_among = |value: &[u8], known: &[&str]| known.iter().any(|it| it.as_bytes() == value);
        match self {
            Self::Basic(pairs) => one("authorization")
                .and_then(|value| BASE64.decode(behind(&value, "basic")?).ok())
                .is_some_and(|it| {
                    pairs
                        .iter()
                        .any(|(user, password)| it == format!("{user}:{password}").as_bytes())
                }),
            Self::Word(word, known) => one("authorization")
                .is_some_and(|it| behind(&it, word).is_some_and(|token| is_among(token, known))),
            Self::Header(name, known) => one(name).is_some_and(|value| is_among(&value, known)),
            Self::Query(name, known) => {
                let query = letter.query.as_deref().unwrap_or_default();
                let named = form_urlencoded::parse(query.as_bytes()).filter(|(it, _)| it == name);
                let values: Vec<_> = named.map(|(_, value)| value).collect();
                matches!(&values[..], [value] if is_among(value.as_bytes(), known))
            }
            Self::Pair(user, password) => {
                one("username").is_some_and(|it| it == user.as_bytes())
                    && one("password").is_some_and(|it| it == password.as_bytes())
            }
            Self::Signature => is_signed(letter, right),
            Self::Either(all) => all.iter().any(|it| it.holds(letter, right)),
            Self::Both(all) => all.iter().all(|it| it.holds(letter, right)),
        }
    }

    /// Whether the body is part of the proof.
    #[must_use]
    pub fn covers_body(&self) -> bool {
        match self {
            Self::Signature => true,
            Self::Either(all) | Self::Both(all) => all.iter().any(Self::covers_body),
            _ => false,
        }
    }
}

/// The letter's signed headers are those of the right one, but for other text in the one that holds the
/// signature: a list may have more in it.
fn is_signed(letter: &Letter, right: &Letter) -> bool {
    let same_header = |(name, value): &(String, Vec<u8>)| {
        let (values, times) = (letter.values(name), right.values(name).len());
        values.len() == times
            && values.iter().any(|other| {
                let (other, value) = (other.trim_ascii(), value.trim_ascii());
                let texts = signatures(value);
                other.eq_ignore_ascii_case(value) && texts.is_empty()
                    || texts.iter().any(|text| stands_in(other, text))
            })
    };
    (&letter.body, &letter.query, &letter.method) == (&right.body, &right.query, &right.method)
        && right.headers.iter().filter(|(name, _)| !is_plain(name)).all(same_header)
}

/// Headers that say nothing of the sender.
pub(super) fn is_plain(name: &str) -> bool {
    name.to_ascii_lowercase().starts_with("content-")
}

/// What is long enough to be a signature.
fn signatures(value: &[u8]) -> Vec<&[u8]> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    let runs = value.split(|byte| !is_letter(byte));
    runs.filter(|run| run.len() >= SHORTEST_SIGNATURE).collect()
}

/// As it is, or in the other case if it is hexadecimal.
fn stands_in(value: &[u8], text: &[u8]) -> bool {
    let is_hex = text.iter().all(u8::is_ascii_hexdigit);
    value.windows(text.len()).any(|it| it == text || is_hex && it.eq_ignore_ascii_case(text))
}

fn behind<'v>(value: &'v [u8], word: &str) -> Option<&'v [u8]> {
    let (start, rest) = value.split_at_checked(word.len())?;
    let is_word = start.eq_ignore_ascii_case(word.as_bytes()) && rest.first() == Some(&b' ');
    is_word.then(|| rest.trim_ascii())
}

/// SHA-1 as base64 without its padding.
const SHORTEST_SIGNATURE: usize = 27;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
