//! `Options`: which of the operator's ids means which kind of event.

use std::collections::BTreeMap;

use super::Kind;

/// Which of the operator's ids means which kind of event.
///
/// In Monuv, under "Integrações de Sistemas", tab "Eventos", the operator gives each kind of event
/// an "ID externo". That id is all that is sent, so repeat the table here.
///
/// ```
/// use receiver_core::monuv::{Kind, Options};
///
/// let options = Options::default()
///     .with_kind("E130", Kind::Analytic)
///     .with_kind("E131", Kind::Analytic)
///     .with_kind("E120", Kind::PanicButton);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    kinds: BTreeMap<String, Kind>,
    token_parameter: String,
}

impl Options {
    /// Events with this "ID externo" are of this kind. An id that is not declared is
    /// [`Kind::Other`]. Ids are compared as they are written, but for white space around them.
    #[must_use]
    pub fn with_kind(mut self, event_id: &str, kind: Kind) -> Self {
        self.kinds.insert(event_id.trim().to_owned(), kind);
        self
    }

    /// The query parameter that carries the token; `token` unless said. It is no field of the event.
    /// Which one the scheme reads is the scheme's own setting.
    #[must_use]
    pub fn with_token_parameter(self, name: &str) -> Self {
        Self { token_parameter: name.to_owned(), ..self }
    }

    pub(super) fn kind(&self, event_id: &str) -> Kind {
        self.kinds.get(event_id.trim()).copied().unwrap_or(Kind::Other)
    }

    pub(super) fn token_parameter(&self) -> &str {
        &self.token_parameter
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { kinds: BTreeMap::new(), token_parameter: TOKEN.to_owned() }
    }
}

/// The query parameter that may carry the token, unless said.
pub(super) const TOKEN: &str = "token";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(event_id: &str, kind: Kind) {
        let options = Options::default().with_kind("E130", Kind::Analytic);
        let options = options.with_kind(" 160 ", Kind::CameraStatus).with_kind("", Kind::QrCode);
        assert_eq!(options.kind(event_id), kind, "{event_id:?}");
    }

    #[test]
    fn a_declared_id_has_its_kind() {
        check("E130", Kind::Analytic);
        check(" E130\t", Kind::Analytic);
        check("160", Kind::CameraStatus);
    }

    #[test]
    fn any_other_id_is_something_else() {
        for id in ["E13", "E1300", "e130", "0160", "160.0", "analytic", "\0"] {
            check(id, Kind::Other);
        }
    }

    #[test]
    fn the_last_declaration_of_an_id_counts() {
        let options =
            Options::default().with_kind("1", Kind::QrCode).with_kind("1", Kind::Analytic);
        assert_eq!(options.kind("1"), Kind::Analytic);
    }
}
