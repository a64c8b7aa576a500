//! Whether a layout from configuration makes sense.

use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

use super::super::{Grammar, Layout, Part, Place, Signature, Source, UrlForm, form};
use crate::scheme::{Scheme as _, Strength};
use crate::{Key, Request, Secret};

/// Refuses a layout that says half of it, that could be read in two ways, or that could never verify.
pub(super) fn check(layout: &Layout) -> Result<(), &'static str> {
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
    // A query ends where its sender likes, so what stands behind it must not.
    let runs_on = |pair: &[Part]| match pair {
        [Part::Url(UrlForm::Full | UrlForm::EitherPort), next] => is_of_any_length(next),
        pair => pair.iter().all(is_of_any_length),
    };
    if layout.content.iter().any(is_unsigned) {
        Err("a digest in the query must be signed, with the URL or as a part of the content")
    } else if layout.strength() == Strength::SharedToken {
        Err("nothing of the request is signed")
    } else if layout.content.windows(2).any(runs_on) {
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
    } else if !accepts_its_own(layout) {
        Err("it would refuse what its own sender signs")
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

/// Whether it verifies what it signs. It does not where a separator or a name is a letter of what it
/// separates, or where two things are looked for in one place.
fn accepts_its_own(layout: &Layout) -> bool {
    let holds_digest = |name| layout.content.contains(&Part::BodySha256InQuery(Cow::clone(name)));
    let (mut query, mut fields) = (String::new(), String::new());
    for part in layout.content.iter() {
        match part {
            // The sender adds it.
            Part::Query(name) if holds_digest(name) => {}
            Part::Query(name) => query = form::with_field(&query, name, "x"),
            Part::FormField(name) => fields = form::with_field(&fields, name, "x"),
            _ => {}
        }
    }
    let query = Some(&*query).filter(|query| !query.is_empty());
    let is_form = !fields.is_empty() || matches!(layout.source, Source::Form(_));

    let accepts = |second: u64| {
        let nothing = http::HeaderMap::new();
        // Each time other letters stand in the signature.
        let now = UNIX_EPOCH.checked_add(Duration::from_secs(second))?;
        let body = if is_form {
            form::with_field(&fields, "second", &second.to_string())
        } else {
            format!(r#"{{"second":{second}}}"#)
        };
        let draft = Request::new("POST", "/", &nothing).with_query(query).with_body(&body);
        let key = Key::new(Secret::new("a key that signs nothing else").ok()?);
        let scheme =
            Signature::of(layout.clone(), &key).with_public_url("https://a.example/").ok()?;
        let signed = scheme.sign_request(&draft, &format!("x{second}"), now).ok()?;
        let request = Request::new("POST", "/", &signed.headers)
            .with_query(signed.query.as_deref())
            .with_body(&signed.body);
        scheme.verify(&request, now).ok()
    };
    (0..TRIES).all(|second| accepts(second).is_some())
}

/// So many that each letter of base64 is in one of the signatures.
const TRIES: u64 = 32;

#[cfg(test)]
mod tests {
    use crate::scheme::{Layout, catalog};

    #[track_caller]
    fn check(text: &str, expected: Result<(), &str>) {
        match (serde_json::from_str::<Layout>(text), expected) {
            (Ok(_), Ok(())) => {}
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
    fn every_row_of_the_catalogue_is_sound() {
        for sender in catalog::senders() {
            assert_eq!(super::check(sender.layout()), Ok(()), "{}", sender.name());
        }
    }

    #[test]
    fn what_runs_on_into_its_neighbour_is_refused() {
        let id = r#""id":"x-id""#;
        for content in [r#""url","id""#, r#""id",{"query":"a"}"#, r#""url_with_either_port","id""#]
        {
            check(&own(&format!(r#""content":[{content},"body"],{id}"#)), Err("side by side"));
        }
        check(&own(r#""content":["url",{"form_field":"a"}]"#), Err("side by side"));
        check(&own(r#""content":["url",{"literal":"|"},{"form_field":"a"}]"#), Ok(()));
        check(&own(&format!(r#""content":["url_without_query","id"],{id}"#)), Ok(()));
    }

    #[test]
    fn what_could_never_verify_is_refused() {
        let refused = Err("refuse what its own sender signs");
        let body = r#""content":["body"]"#;
        let time = r#""content":["timestamp","body"],"timestamp":{"unit":"seconds"}"#;
        check(
            &own(&format!(r#""grammar":{{"list":{{"separator":",","prefix":"v1,"}}}},{body}"#)),
            refused,
        );
        check(&own(&format!(r#""grammar":{{"list":{{"separator":"a"}}}},{body}"#)), refused);
        check(
            &own(&format!(r#""grammar":{{"named":{{"separator":"&","joint":"é"}}}},{body}"#)),
            refused,
        );
        check(&own(&format!(r#""grammar":{{"positional":{{"separator":"1"}}}},{time}"#)), refused);
        let fields = |timestamp, signature| {
            format!(
                r#""grammar":{{"fields":{{"separator":",","timestamp":"{timestamp}","signature":"{signature}"}}}}"#
            )
        };
        check(&own(&format!("{},{time}", fields("t", "v1"))), Ok(()));
        check(&own(&format!("{},{time}", fields("t", "t=x"))), refused);
        check(&own(&format!("{},{time}", fields("t,u", "v1"))), refused);
        check(&own(r#""content":["id","body"],"id":"x-a""#), refused);
        for letter in ["Q", "z", "+", "7"] {
            let own = own(&format!(r#""grammar":{{"list":{{"separator":"{letter}"}}}},{body}"#));
            check(&own.replace("hex", "base64"), refused);
        }
        check(
            r#"{"source":{"query":"a"},"encoding":"hex","hash":"sha256","content":[{"query":"a"}]}"#,
            refused,
        );
    }
}
