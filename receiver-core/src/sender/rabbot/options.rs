//! `Options`: where the event's name stands, and which parameter holds the token.

use crate::Request;
use crate::wire::fields::path_segment;

/// Where an event's name stands. Rabbot sends none, so it is in the URL that you hand out.
///
/// | URL | options |
/// | --- | --- |
/// | `/rabbot?event=checklist` | the default |
/// | `/rabbot?evento=checklist` | `with_name_in_query("evento")` |
/// | `/rabbot/checklist` | `with_name_in_path()`, or `with_name_after("rabbot")` |
/// | `/rabbot/checklist/sp` | `with_name_after("rabbot")` |
/// | any | `with_name("checklist")` |
///
/// ```
/// use receiver_core::rabbot::{self, Options};
/// use receiver_core::Secret;
///
/// let receiver = rabbot::token::<()>(Secret::new("correct-horse")?)?
///     .with_options(Options::default().with_name_after("rabbot"));
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    place: Place,
    token_parameter: String,
}

impl Options {
    /// Every event of this endpoint has this name.
    #[must_use]
    pub fn with_name(self, name: &str) -> Self {
        Self { place: Place::Fixed(name.to_owned()), ..self }
    }

    /// The name is the value of this query parameter.
    #[must_use]
    pub fn with_name_in_query(self, parameter: &str) -> Self {
        Self { place: Place::Query(parameter.to_owned()), ..self }
    }

    /// The name is the path's last segment. Names are logged: not for a path that ends in a secret.
    #[must_use]
    pub fn with_name_in_path(self) -> Self {
        Self { place: Place::LastSegment, ..self }
    }

    /// The name is the path's segment after this one, wherever the endpoint is mounted.
    #[must_use]
    pub fn with_name_after(self, segment: &str) -> Self {
        Self { place: Place::After(segment.to_owned()), ..self }
    }

    /// The query parameter that carries the token; `token` unless said. It is no field of the event,
    /// nor part of its key. Which one the scheme reads is the scheme's own setting.
    #[must_use]
    pub fn with_token_parameter(self, name: &str) -> Self {
        Self { token_parameter: name.to_owned(), ..self }
    }

    pub(super) fn token_parameter(&self) -> &str {
        &self.token_parameter
    }

    /// The name of the event; `event` when none stands there, or more than one.
    pub(super) fn name(&self, request: &Request<'_>) -> String {
        let mut segments = request.path().split('/').filter(|segment| !segment.is_empty());
        let name = match &self.place {
            Place::Fixed(name) => Some(name.clone()),
            // Names are logged.
            Place::Query(parameter) if *parameter == self.token_parameter => None,
            Place::Query(parameter) => {
                let mut values = request.query_values(parameter);
                let value = values.next().map(String::from);
                value.filter(|_| values.next().is_none())
            }
            Place::LastSegment => segments.next_back().and_then(path_segment),
            Place::After(before) => {
                segments.skip_while(|segment| segment != before).nth(1).and_then(path_segment)
            }
        };
        let name = name.filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| "event".to_owned())
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { place: Place::Query("event".to_owned()), token_parameter: TOKEN.to_owned() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Fixed(String),
    Query(String),
    LastSegment,
    After(String),
}

/// The query parameter that may carry the token, unless said.
pub(super) const TOKEN: &str = "token";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(options: &Options, target: &str, name: &str) {
        let headers = http::HeaderMap::new();
        assert_eq!(options.name(&Request::new("POST", target, &headers)), name, "{target}");
    }

    #[test]
    fn a_name_may_be_a_parameter() {
        let options = Options::default();
        check(&options, "/rabbot?event=checklist", "checklist");
        check(&options, "/rabbot?placa=ABC1D23&event=multa+paga&token=x", "multa paga");
        check(&options, "/rabbot?evento=checklist", "event");
        check(&options.with_name_in_query("evento"), "/rabbot?evento=checklist", "checklist");
    }

    #[test]
    fn a_name_may_be_the_last_segment() {
        let options = Options::default().with_name_in_path();
        check(&options, "/hooks/rabbot/checklist", "checklist");
        check(&options, "/hooks/rabbot/checklist/?event=other", "checklist");
        check(&options, "/checklist", "checklist");
        check(&options, "/rabbot/status%20do%20ve%C3%ADculo", "status do veículo");
        check(&options, "/rabbot/a+b", "a+b");
        check(&options, "/rabbot/%zz", "%zz");
    }

    #[test]
    fn a_name_may_stand_after_a_segment() {
        let options = Options::default().with_name_after("rabbot");
        check(&options, "/hooks/rabbot/checklist", "checklist");
        check(&options, "/rabbot/checklist/sp", "checklist");
        check(&options, "/rabbot//checklist", "checklist");
        check(&options, "/rabbot/rabbot", "rabbot");
    }

    #[test]
    fn a_name_may_be_fixed() {
        check(&Options::default().with_name("multa paga"), "/x/y?event=z", "multa paga");
    }

    #[test]
    fn the_token_is_no_name() {
        check(&Options::default().with_name_in_query("token"), "/rabbot?token=canary", "event");
    }

    #[test]
    fn without_one_name_it_is_an_event() {
        let after = Options::default().with_name_after("rabbot");
        for path in ["", "/", "//", "/rabbot", "/rabbot/", "/hooks", "/rabbot/%20", "/rabbot/%ff"] {
            check(&after, path, "event");
        }
        check(&Options::default().with_name_in_path(), "/", "event");
        check(&Options::default().with_name(" "), "/", "event");
        for query in ["", "?", "?event", "?event=", "?event=+", "?event=a&event=b"] {
            check(&Options::default(), &format!("/rabbot/checklist{query}"), "event");
        }
    }
}
