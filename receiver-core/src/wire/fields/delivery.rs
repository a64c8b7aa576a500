//! From a delivery to its fields: JSON, form or query.

use super::{Fields, Value, form, query_without};

use crate::event::Media;
use crate::json::{self, Shape};
use crate::{Delivery, ParseError, Request};

impl Fields {
    /// Reads the fields of a delivery: those of its body, and those of its query that the body does
    /// not have.
    ///
    /// A body of no named type is a JSON object if it begins with `{` or `[`, else a form; a blank
    /// one has no fields. `credential` is the query parameter that may carry the sender's token,
    /// and is left out. An escape that is none (`%zz`) stands for itself, as in browsers.
    ///
    /// # Errors
    ///
    /// [`ParseError::Malformed`] for JSON that is not sound; [`ParseError::Shape`] for JSON that is
    /// no object, and for a form or query that is not UTF-8 once decoded.
    pub fn from_delivery(delivery: &Delivery<'_>, credential: &str) -> Result<Self, ParseError> {
        let request = delivery.request();
        let mut fields = match body_of(&request) {
            Body::None => Self::default(),
            Body::Json => json::read(delivery.json_text()?)?,
            Body::Form => Self::from_pairs(form::pairs(request.body()))?,
        };
        for (key, member) in Self::from_pairs(query_without(request.query(), credential))?.0 {
            fields.0.entry(key).or_insert(member);
        }
        Ok(fields)
    }

    fn from_pairs<'p>(pairs: impl Iterator<Item = &'p [u8]>) -> Result<Self, Shape> {
        let mut fields = Self::default();
        for pair in pairs {
            let (name, value) = form::read(pair)?;
            fields.push(name, Value::text(value));
        }
        Ok(fields)
    }
}

enum Body {
    None,
    Json,
    Form,
}

fn body_of(request: &Request<'_>) -> Body {
    let body = request.body().trim_ascii_start();
    let looks_like_json = matches!(body.first(), Some(b'{' | b'['));
    if body.is_empty() {
        Body::None
    } else if Media::check(&[Media::Form], request).is_ok() {
        Body::Form
    } else if Media::check(&[Media::Json], request).is_ok() || looks_like_json {
        Body::Json
    } else {
        Body::Form
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use http::{Method, StatusCode};

    use crate::scheme::dangerous::Anonymous;
    use crate::wire::fields::Field;
    use crate::{EventKey, Receiver};

    use super::*;

    #[derive(Debug)]
    struct Tree(Fields);

    impl crate::Event for Tree {
        type Options = ();
        const SENDER: &'static str = "tree";
        const METHODS: &'static [Method] = &[Method::POST, Method::GET];
        const MEDIA: &'static [Media] = &[Media::Json, Media::Form, Media::Unnamed];

        fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
            Fields::from_delivery(delivery, "token").map(Self)
        }

        fn kind(&self) -> &'static str {
            "tree"
        }

        fn key(&self, _: EventKey) -> Option<EventKey> {
            None
        }
    }

    fn read(target: &str, media: Option<&str>, body: &[u8]) -> Result<Fields, crate::Rejection> {
        let headers: Vec<_> = media.map(|media| ("content-type", media)).into_iter().collect();
        let method = if body.is_empty() { "GET" } else { "POST" };
        let request = Request::new(method, target, &headers).with_body(body);
        let receiver = Receiver::<Tree>::new(Anonymous::because("this is about the fields"));
        receiver.receive(&request, SystemTime::now()).map(|received| received.event.0)
    }

    #[track_caller]
    fn check(target: &str, media: Option<&str>, body: &str, json: &str) {
        let fields = read(target, media, body.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&fields).unwrap(), json);
    }

    #[track_caller]
    fn check_refused(
        target: &str,
        media: Option<&str>,
        body: &[u8],
        status: StatusCode,
        says: &str,
    ) {
        let rejection = read(target, media, body).unwrap_err();
        assert_eq!(rejection.status(), status, "{rejection}");
        assert!(rejection.to_string().contains(says), "{rejection}");
        assert!(!rejection.to_string().contains("canary"), "{rejection}");
    }

    const JSON: Option<&str> = Some("application/json");
    const FORM: Option<&str> = Some("application/x-www-form-urlencoded; charset=UTF-8");

    #[test]
    fn json_form_and_query_are_one_tree() {
        check(
            "/",
            JSON,
            r#"{"placa":"ABC1D23","km":45.210}"#,
            r#"{"km":45.210,"placa":"ABC1D23"}"#,
        );
        check("/", FORM, "placa=ABC1D23&km=45.210", r#"{"km":"45.210","placa":"ABC1D23"}"#);
        check("/?placa=ABC1D23&km=45.210", None, "", r#"{"km":"45.210","placa":"ABC1D23"}"#);
    }

    #[test]
    fn a_body_of_no_named_type_is_json_if_it_begins_so() {
        check("/", None, r#" {"a":1}"#, r#"{"a":1}"#);
        check("/", None, "a=1", r#"{"a":"1"}"#);
        check("/", None, "%7B=1", r#"{"{":"1"}"#);
        check_refused("/", None, b" [1]", StatusCode::UNPROCESSABLE_ENTITY, "expected an object");
        check("/", FORM, r#"{"a":1}"#, r#"{"{\"a\":1}":""}"#);
    }

    #[test]
    fn a_blank_body_has_no_fields() {
        for media in [JSON, FORM, None] {
            check("/?a=1", media, "", r#"{"a":"1"}"#);
            check("/?a=1", media, "\r\n", r#"{"a":"1"}"#);
            check("/", media, " ", "{}");
        }
    }

    #[test]
    fn the_query_adds_what_the_body_does_not_have() {
        check("/?A=9&b=2", JSON, r#"{"a":1}"#, r#"{"a":1,"b":"2"}"#);
        check("/?a=9&b=2", FORM, "a=1", r#"{"a":"1","b":"2"}"#);
        check("/?%C3%81=9", JSON, r#"{"a":null}"#, r#"{"a":null}"#);
    }

    #[test]
    fn repeated_names_are_several_values() {
        check("/?f=1&g=2&F=3&f[]=4", None, "", r#"{"f":["1","3","4"],"g":"2"}"#);
        check_refused("/", JSON, br#"{"a":1,"\u0061":2}"#, StatusCode::BAD_REQUEST, "name");
    }

    #[test]
    fn the_token_is_no_field() {
        check("/?token=canary&a=1&TOKEN=canary", None, "", r#"{"a":"1"}"#);
        check("/?token=canary", FORM, "token=of+the+body", r#"{"token":"of the body"}"#);
    }

    #[test]
    fn json_that_is_no_object_is_of_the_wrong_shape() {
        for body in [r#"["canary"]"#, r#""canary""#, "271828", "null", "true"] {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            check_refused("/", JSON, body.as_bytes(), status, "expected an object");
        }
    }

    #[test]
    fn broken_json_is_malformed() {
        let status = StatusCode::BAD_REQUEST;
        for body in [r#"{"canary":"#, "a=1", "{'a':1}", r#"{"a":01}"#, r#"{"a":"\ud800"}"#] {
            check_refused("/", JSON, body.as_bytes(), status, "");
        }
        check_refused("/", JSON, b"{\"a\":\"canary\xff\"}", status, "");
        check_refused("/", JSON, "[".repeat(1 << 20).as_bytes(), status, "");
    }

    #[test]
    fn a_form_or_query_that_is_not_utf_8_is_named() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        check_refused(
            "/",
            FORM,
            b"a=1&status=%C7canary",
            status,
            "expected text in UTF-8 at `status`",
        );
        check_refused(
            "/?status=%C7canary",
            None,
            b"",
            status,
            "expected text in UTF-8 at `status`",
        );
        // It is not looked at: it is no field.
        check("/?token=%C7", None, "", "{}");
    }

    #[test]
    fn a_hundred_thousand_parameters_are_read_in_time() {
        let spellings = |n: u32| -> String {
            (0..17).map(|bit| if n >> bit & 1 == 1 { 'A' } else { 'a' }).collect()
        };
        let forms = [
            ((0..100_000).map(|n| format!("{n}=")).collect::<Vec<_>>(), 100_000),
            ((0..100_000).map(|_| "p[]=1".to_owned()).collect(), 1),
            ((0..50_000).map(spellings).collect(), 1),
        ];
        let start = std::time::Instant::now();
        for (pairs, fields_left) in forms {
            let fields = read("/", FORM, pairs.join("&").as_bytes()).unwrap();
            assert_eq!(fields.len(), fields_left);
            assert!(!fields.has(Field::new(&["x", "y.z"])));
        }
        // A second is a hundred times what it takes; what is quadratic takes minutes.
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn deep_json_and_huge_numbers_are_kept_as_they_are() {
        let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(126), "]".repeat(126));
        check("/", JSON, &deep, &deep);
        let huge = format!(r#"{{"n":1{},"m":1e999999999}}"#, "0".repeat(10_000));
        let fields = read("/", JSON, huge.as_bytes()).unwrap();
        let number: String = fields.read(Field::new(&["n"])).unwrap();
        assert_eq!(number.len(), 10_001);
        assert!(fields.read::<crate::wire::decimal::Decimal>(Field::new(&["n"])).is_err());
    }
}
