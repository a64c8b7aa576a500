//! `Field`: what one field may be called.

use crate::wire::fold::fold;

/// One field and all that an operator may call it, the preferred name first.
///
/// Names ignore case, accents and white space around them: `Condição` is `condicao`. A point leads
/// into an object: `veiculo.placa`.
///
/// ```
/// use receiver_core::wire::fields::Field;
///
/// const PLATE: Field = Field::new(&["placa", "plate", "veiculo.placa"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field(&'static [&'static str]);

impl Field {
    /// A field of these names.
    #[must_use]
    pub const fn new(names: &'static [&'static str]) -> Self {
        Self(names)
    }

    /// The names, the preferred one first.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        self.0
    }
}

/// What is the same in all spellings of a name. PHP and Rails mark a list with `[]`.
pub(super) fn key_of(name: &str) -> String {
    let name = name.trim();
    fold(name.strip_suffix("[]").unwrap_or(name)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: bool) {
        let is_known = ["placa", "Condição do veículo"].iter().any(|n| key_of(n) == key_of(name));
        assert_eq!(is_known, expected, "{name:?}");
    }

    #[test]
    fn a_name_ignores_case_accents_and_white_space_around() {
        for name in ["placa", "PLACA", "Plàca", " placa\t", "condicao do veiculo", "placa[]"] {
            check(name, true);
        }
    }

    #[test]
    fn another_name_is_another_field() {
        for name in ["", "plac", "placas", "pla ca", "placa[0]", "placa.", "condicao_do_veiculo"] {
            check(name, false);
        }
    }
}
