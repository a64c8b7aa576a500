//! Names compared without regard to case and accents: `Condição` is `CONDICAO`.
//!
//! Made for Portuguese and Spanish: it covers the accented letters of Latin-1 and Latin Extended-A
//! (Unicode blocks U+0080..U+017F), composed or with combining marks (U+0300..U+036F). It is no
//! Unicode collation: `ß`, `æ`, `œ`, `þ` and `ð` stay themselves, and other scripts are only put
//! into lower case.

use std::borrow::Cow;

/// The text in lower case and without accents. Borrowed when it already is.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::fold::fold;
///
/// assert_eq!(fold("Condição"), fold("CONDICAO"));
/// ```
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(folded(text).collect())
}

/// Whether two texts are the same but for case and accents. Allocates nothing.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::fold::same;
///
/// assert!(same("macroProcesso", "MacroProcesso"));
/// assert!(same("Versão única", "versao UNICA"));
/// assert!(!same("ano", "anos"));
/// ```
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    folded(a).eq(folded(b))
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    // Lower case first: it splits `İ` into `i` and a combining dot, which the filter then drops.
    text.chars().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter)).map(base)
}

fn is_combining_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// The plain letter under a lower-case letter with an accent.
fn base(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ſ' => 's',
        'ţ' | 'ť' | 'ŧ' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, folded: &str) {
        assert_eq!(fold(text), folded);
        assert!(same(text, folded));
    }

    #[test]
    fn case_and_accents_fold_away() {
        check("Condição", "condicao");
        check("CONDIÇÃO", "condicao");
        check("Programação da Operação", "programacao da operacao");
        check("ÑANDÚ", "nandu");
        check("pingüino", "pinguino");
        check("Ÿ Ő Ž", "y o z");
        check("", "");
    }

    #[test]
    fn combining_marks_fold_away() {
        check("Condic\u{327}a\u{303}o", "condicao");
        check("İ", "i");
        check("\u{301}", "");
    }

    #[test]
    fn what_has_no_plain_letter_stays() {
        check("ß æ œ þ ð", "ß æ œ þ ð");
        check("2° nível, 1º ¡ª!", "2° nivel, 1º ¡ª!");
        check("ПРИВЕТ 日本", "привет 日本");
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(fold("macro_processo 1"), Cow::Borrowed(_)));
        assert!(matches!(fold("Macro"), Cow::Owned(_)));
    }

    #[test]
    fn other_names_differ() {
        for (a, b) in
            [("ano", "anos"), ("ção", "cã"), ("", " "), ("ó", "ö x"), ("a  b", "a b"), ("K", "c")]
        {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn every_latin_letter_with_an_accent_folds_to_ascii() {
        // The letters of the two blocks that have no plain letter: signs, ligatures and letters of
        // their own.
        let keeps = "ªµºÆæßÐðÞþĲĳĸŉŊŋŒœ×÷";
        for letter in ('\u{aa}'..='\u{17f}')
            .filter(|letter| letter.is_alphabetic() && !keeps.contains(*letter))
        {
            assert!(fold(letter.encode_utf8(&mut [0; 4])).is_ascii(), "{letter}");
        }
    }

    #[test]
    fn folding_a_letter_twice_changes_nothing_more() {
        for letter in '\0'..=char::MAX {
            let once: String = fold(letter.encode_utf8(&mut [0; 4])).into_owned();
            assert_eq!(fold(&once), once, "{letter:?}");
        }
    }

    proptest! {
        #[test]
        fn same_is_equal_when_folded(
            a in "[a-cA-CãÃçÇ\u{303} ]{0,4}",
            b in "[a-cA-CãÃçÇ\u{303} ]{0,4}",
        ) {
            prop_assert_eq!(same(&a, &b), fold(&a) == fold(&b));
        }

        #[test]
        fn any_text_can_be_folded(text in any::<String>()) {
            prop_assert!(same(&text, &fold(&text)));
        }
    }
}
