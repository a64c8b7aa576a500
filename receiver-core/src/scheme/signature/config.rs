//! A [`Layout`] read from configuration.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::{KeyForm, Layout, Part, Timestamp};
use crate::scheme::catalog;
use spelling::{Given, Letters, Made, Name, Piece, Spelling, Time, Where};

mod sound;
mod spelling;

/// The name of a row of the [catalogue](catalog), or a layout of one's own:
///
/// ```
/// use receiver_core::scheme::Layout;
///
/// let github: Layout = serde_json::from_str(r#""github""#)?;
/// assert_eq!(github, Layout::GITHUB);
///
/// let own: Layout = serde_json::from_str(r#"{
///     "source": {"header": "x-acme-signature"},
///     "grammar": {"fields": {"separator": ",", "timestamp": "t", "signature": "v1"}},
///     "encoding": "hex",
///     "hash": "sha256",
///     "key": "base64",
///     "content": ["timestamp", {"literal": "."}, "body"],
///     "timestamp": {"unit": "seconds", "past": 300, "future": 60}
/// }"#)?;
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// `source` is `header`, `headers` (two), `numbered`, `query` or `form`; `grammar` is `bare` (unless
/// said), `prefix`, `word`, `list`, `fields`, `groups`, `positional` or `named`; `key` is `text`
/// (unless said), `base64`, `whsec`, `hex` or `sha1`; `timestamp` is beside the signature unless it
/// has a `header`, its `unit` is `seconds`, `milliseconds`, `rfc3339` or `httpdate`, it is within 300
/// seconds unless said, and `"judged": false` switches that off.
impl<'de> Deserialize<'de> for Layout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameOrOwn)
    }
}

struct NameOrOwn;

impl<'de> Visitor<'de> for NameOrOwn {
    type Value = Layout;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a sender, or how one signs")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Layout, E> {
        catalog::find(name)
            .map(|sender| sender.layout().clone())
            .ok_or_else(|| E::custom("no sender of this name is in the catalogue"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Layout, A::Error> {
        Own::deserialize(MapAccessDeserializer::new(map))?.layout().map_err(A::Error::custom)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    source: Where,
    #[serde(default)]
    grammar: Spelling,
    encoding: Letters,
    hash: Made,
    key: Option<Given>,
    content: Vec<Piece>,
    id: Option<Name>,
    timestamp: Option<Time>,
}

impl Own {
    fn layout(self) -> Result<Layout, &'static str> {
        let layout = Layout {
            source: self.source.into(),
            grammar: self.grammar.into(),
            encoding: self.encoding.into(),
            hash: self.hash.into(),
            key_form: self.key.map_or(KeyForm::Text, KeyForm::from),
            content: self.content.into_iter().map(Part::from).collect(),
            id: self.id.map(|name| name.0),
            timestamp: self.timestamp.map(Timestamp::from),
        };
        sound::check(&layout).map(|()| layout)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Layout, Timestamp, catalog};
    use crate::scheme::Tolerance;

    #[track_caller]
    fn check(text: &str, expected: Result<&Layout, &str>) {
        match (serde_json::from_str::<Layout>(text), expected) {
            (Ok(read), Ok(expected)) => assert_eq!(read, *expected, "{text}"),
            (Err(error), Err(expected)) => {
                assert!(error.to_string().contains(expected), "{text}: {error}");
            }
            (read, _) => panic!("{text}: {read:?}"),
        }
    }

    /// A layout over a header of its own, with this and no more.
    fn own(more: &str) -> String {
        format!(r#"{{"source":{{"header":"x-a"}},"encoding":"hex","hash":"sha256",{more}}}"#)
    }

    #[test]
    fn a_row_is_its_name() {
        for sender in catalog::senders() {
            check(&format!("{:?}", sender.name()), Ok(sender.layout()));
        }
        check(r#""no-such-sender""#, Err("no sender of this name"));
    }

    #[test]
    fn what_a_row_says_can_be_said_in_configuration() {
        let row = |name| catalog::find(name).map(catalog::Sender::layout).ok_or("a row");
        check(
            r#"{"source":{"header":"webhook-signature"},
                "grammar":{"list":{"separator":" ","prefix":"v1,"}},
                "encoding":"base64","hash":"sha256","key":"whsec",
                "content":["id",{"literal":"."},"timestamp",{"literal":"."},"body"],
                "id":"webhook-id","timestamp":{"header":"webhook-timestamp","unit":"seconds"}}"#,
            row("standard-webhooks"),
        );
        check(
            r#"{"source":{"headers":["box-signature-primary","box-signature-secondary"]},
                "encoding":"base64","hash":"sha256","content":["body","timestamp"],
                "timestamp":
                    {"header":"box-delivery-timestamp","unit":"rfc3339","past":600,"future":0}}"#,
            row("box"),
        );
        check(
            r#"{"source":{"header":"sanity-webhook-signature"},
                "grammar":{"fields":{"separator":",","timestamp":"t","signature":"v1"}},
                "encoding":"base64url","hash":"sha256",
                "content":["timestamp",{"literal":"."},"body"],
                "timestamp":{"unit":"milliseconds","judged":false}}"#,
            row("sanity"),
        );
        check(
            r#"{"source":{"form":"bt_signature"},
                "grammar":{"named":{"separator":"&","joint":"|"}},
                "encoding":"hex","hash":"sha1","key":"sha1",
                "content":[{"form_field":"bt_payload"}]}"#,
            row("braintree"),
        );
    }

    #[test]
    fn a_tolerance_of_zero_is_zero() {
        let time = r#""grammar":{"positional":{"separator":","}},"content":["timestamp","body"],
            "timestamp":{"unit":"seconds","past":0,"future":0}"#;
        let read: Layout = serde_json::from_str(&own(time)).expect("a layout");
        let tolerance = read.timestamp().and_then(Timestamp::tolerance);
        assert_eq!(tolerance, Some(Tolerance::both(Duration::ZERO)));
    }

    #[test]
    fn a_typo_is_told() {
        check("{}", Err("missing field `source`"));
        check("17", Err("the name of a sender, or how one signs"));
        check(&own(r#""content":["body"],"tolerance":5"#), Err("unknown field `tolerance`"));
        check(&own(r#""content":["bdy"]"#), Err("unknown variant `bdy`"));
        check(&own(r#""content":["body"],"id":"no name""#), Err("no name of a header"));
    }
}
