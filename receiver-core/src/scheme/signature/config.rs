//! A [`Layout`] read from configuration.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::{Grammar, KeyForm, Layout, Part, Place, Source, Timestamp, UrlForm};
use crate::scheme::{Strength, catalog};
use spelling::{Given, Letters, Made, Name, Piece, Spelling, Time, Where};

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
        check(&layout).map(|()| layout)
    }
}

/// Refuses a layout that says half of it, or that could never verify.
fn check(layout: &Layout) -> Result<(), &'static str> {
    let holds = |part: &Part| layout.content.contains(part);
    let is_beside = layout.timestamp.as_ref().is_some_and(|it| it.place == Place::Beside);
    let signs_query = holds(&Part::Url(UrlForm::Full)) || holds(&Part::Url(UrlForm::EitherPort));
    let signs_whole_body = holds(&Part::Body) || holds(&Part::BodySha256) || holds(&Part::Form);
    let is_unjudged = layout.timestamp.as_ref().is_some_and(|it| it.tolerance.is_none());
    let is_of_any_length = |part: &Part| match part {
        Part::Id | Part::Query(_) | Part::FormField(_) => true,
        Part::Timestamp => is_unjudged,
        _ => false,
    };
    let is_unsigned = |part: &Part| match part {
        Part::BodySha256InQuery(name) => !layout.signs_query_parameter(name),
        _ => false,
    };
    if layout.content.iter().any(is_unsigned) {
        Err("a digest in the query must be signed, with the URL or as a part of the content")
    } else if layout.strength() == Strength::SharedToken {
        Err("nothing of the request is signed")
    } else if layout.content.windows(2).any(|pair| pair.iter().all(is_of_any_length)) {
        Err("two values stand side by side: which is which is not signed without a text between")
    } else if !is_distinct(layout) {
        Err("the same name or character stands for two things")
    } else if layout.id.is_some() != holds(&Part::Id) {
        Err("the id must have a header and be a part of the content, or neither")
    } else if layout.timestamp.is_some() != holds(&Part::Timestamp) {
        Err("the timestamp must be described and be a part of the content, or neither")
    } else if is_beside != layout.grammar.has_timestamp() {
        Err("the timestamp has a header, or stands beside the signature")
    } else if !layout.grammar.separator().is_none_or(|it| it.is_ascii()) {
        Err("a separator must be an ASCII character")
    } else if signs_query && matches!(layout.source, Source::Query(_)) {
        Err("a signature in the query cannot cover the query")
    } else if signs_whole_body && matches!(layout.source, Source::Form(_)) {
        Err("a signature in the body cannot cover the whole body")
    } else {
        Ok(())
    }
}

/// Whether names and characters that must be told apart are different, and there is one at all.
fn is_distinct(layout: &Layout) -> bool {
    let source = match &layout.source {
        Source::Headers(first, second) => first != second,
        Source::Numbered { last, .. } => *last > 0,
        _ => true,
    };
    source
        && match &layout.grammar {
            Grammar::Fields { timestamp, signature, .. }
            | Grammar::Groups { timestamp, signature } => timestamp != signature,
            Grammar::Named { separator, joint } => separator != joint,
            _ => true,
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
    fn half_a_layout_is_refused() {
        let header = r#""content":["body"],"timestamp":{"header":"x-t","unit":"seconds"}"#;
        let beside = r#""content":["timestamp","body"],"timestamp":{"unit":"seconds"}"#;
        check(&own(r#""content":[]"#), Err("nothing of the request"));
        check(&own(r#""content":[{"literal":"a"}]"#), Err("nothing of the request"));
        check(&own(r#""content":["id","body"]"#), Err("the id must"));
        check(&own(r#""content":["body"],"id":"x-id""#), Err("the id must"));
        check(&own(r#""content":["timestamp","body"]"#), Err("the timestamp must"));
        check(&own(header), Err("the timestamp must"));
        check(&own(beside), Err("or stands beside"));
        let digest = r#"{"body_sha256_in_query":"sha"}"#;
        for other in ["\"method\"", "\"url_without_query\"", r#"{"query":"other"}"#] {
            let content = format!(r#""content":[{other},{digest}]"#);
            check(&own(&content), Err("a digest in the query"));
        }
        check(&own(&format!(r#""content":[{digest}]"#)), Err("a digest in the query"));
        let signed = format!(r#""content":[{{"query":"sha"}},{digest}]"#);
        assert!(serde_json::from_str::<Layout>(&own(&signed)).is_ok());
        for same in ["\"method\"", "\"url_without_query\"", "\"method\",\"url_without_query\""] {
            check(&own(&format!(r#""content":[{same}]"#)), Err("nothing of the request"));
        }
        let side_by_side =
            [r#"{"form_field":"a"},{"form_field":"b"}"#, r#"{"query":"a"},{"query":"b"}"#];
        for values in side_by_side {
            check(&own(&format!(r#""content":[{values}]"#)), Err("side by side"));
        }
        let fields = r#""grammar":{"fields":{"separator":",","timestamp":"t","signature":"t"}}"#;
        let time = r#""timestamp":{"unit":"seconds"},"content":["timestamp","body"]"#;
        check(&own(&format!("{fields},{time}")), Err("stands for two things"));
        let named = r#""grammar":{"named":{"separator":"|","joint":"|"}},"content":["body"]"#;
        check(&own(named), Err("stands for two things"));
        let unjudged = r#""content":["id","timestamp","body"],"id":"x-id",
            "timestamp":{"header":"x-t","unit":"seconds","judged":false}"#;
        check(&own(unjudged), Err("side by side"));
        assert!(serde_json::from_str::<Layout>(&own(&unjudged.replace("false", "true"))).is_ok());
        for source in [r#"{"headers":["x-a","x-a"]}"#, r#"{"numbered":{"stem":"x-a","last":0}}"#] {
            let rest = r#""encoding":"hex","hash":"sha256","content":["body"]"#;
            check(&format!(r#"{{"source":{source},{rest}}}"#), Err("stands for two things"));
        }
        let letter = r#""grammar":{"list":{"separator":"·"}},"content":["body"]"#;
        check(&own(letter), Err("an ASCII character"));
        check(
            r#"{"source":{"query":"sig"},"encoding":"hex","hash":"sha256","content":["url"]}"#,
            Err("cannot cover the query"),
        );
        for part in ["body", "body_sha256", "sorted_form"] {
            let form = r#"{"source":{"form":"sig"},"encoding":"hex","hash":"sha256","content":"#;
            check(&format!(r#"{form}["{part}"]}}"#), Err("cannot cover the whole body"));
        }
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
