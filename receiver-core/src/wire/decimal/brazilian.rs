//! The Brazilian form of decimal numbers.

use super::{Decimal, NotDecimal};

impl Decimal {
    /// Reads the Brazilian form: a comma before the fraction and points between thousands.
    /// `1.234,56`, `45.210`, `1234,5`.
    ///
    /// A text without a comma is a whole number when its points stand where points between
    /// thousands do (`45.210` is forty-five thousand), and is otherwise read as the plain form:
    /// `1350.90`, `0.500` and `1234.567` have a fraction.
    ///
    /// # Errors
    ///
    /// When the text is anything else, or has more digits than fit.
    ///
    /// # Examples
    ///
    /// ```
    /// use receiver_core::wire::decimal::{Decimal, NotDecimal};
    ///
    /// assert_eq!(Decimal::parse_pt_br("1.350,90")?, Decimal::parse("1350.9")?);
    /// assert_eq!(Decimal::parse_pt_br("45.210")?, Decimal::parse("45210")?);
    /// assert_eq!(Decimal::parse_pt_br("45.21")?, Decimal::parse("45.21")?);
    /// assert_eq!(Decimal::parse_pt_br("1,234.56"), Err(NotDecimal));
    /// # Ok::<(), NotDecimal>(())
    /// ```
    pub fn parse_pt_br(text: &str) -> Result<Self, NotDecimal> {
        let text = text.trim();
        match text.split_once(',') {
            Some((_, "")) => Err(NotDecimal),
            Some((whole, fraction)) if is_grouped(whole) => {
                Self::from_parts(&whole.replace('.', ""), fraction, 0).ok_or(NotDecimal)
            }
            Some((whole, fraction)) => Self::from_parts(whole, fraction, 0).ok_or(NotDecimal),
            None if is_grouped(text) => Self::parse(&text.replace('.', "")),
            None => Self::parse(text),
        }
    }
}

/// Whether points stand in a whole number just where points between thousands do: `45.210`, but
/// neither `0.500` nor `1234.567`.
fn is_grouped(whole: &str) -> bool {
    let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let Some((first, rest)) = digits.split_once('.') else { return false };
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && all_digits(first)
        && rest.split('.').all(|group| group.len() == 3 && all_digits(group))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_pt_br(text: &str, printed: &str) {
        assert_eq!(
            Decimal::parse_pt_br(text).map(|number| number.to_string()).as_deref(),
            Ok(printed)
        );
    }

    #[test]
    fn the_brazilian_form_has_a_comma_before_the_fraction() {
        check_pt_br("1.350,90", "1350.9");
        check_pt_br("1234,5", "1234.5");
        check_pt_br("-1.234.567,89", "-1234567.89");
        check_pt_br("0,05", "0.05");
        check_pt_br("000,05", "0.05");
    }

    #[test]
    fn a_point_before_three_digits_stands_between_thousands() {
        check_pt_br("45.210", "45210");
        check_pt_br("-1.234.567", "-1234567");
        check_pt_br("999.999", "999999");
    }

    #[test]
    fn a_point_anywhere_else_stands_before_the_fraction() {
        check_pt_br("45.21", "45.21");
        check_pt_br("45.2100", "45.21");
        check_pt_br("1234.567", "1234.567");
        check_pt_br("0.500", "0.5");
        check_pt_br("45210", "45210");
        check_pt_br("1e3", "1000");
    }

    #[test]
    fn points_that_stand_nowhere_right_are_refused() {
        for text in [
            "1.23,4",
            "12.3456,7",
            "1234.567,8",
            "1.234.56",
            "1..234",
            ".123",
            "1.234.",
            "0.123,4",
            "1.234e3,0",
            "1e400.001",
        ] {
            assert_eq!(Decimal::parse_pt_br(text), Err(NotDecimal), "{text}");
        }
    }

    #[test]
    fn an_exponent_is_no_group_of_thousands() {
        check_pt_br("1.234e3", "1234");
        check_pt_br("1.2e3", "1200");
        assert_eq!(Decimal::parse_pt_br("1e0.001"), Err(NotDecimal));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", " ", "-", ",", ",5", "5,", "1,2,3", "1,234.56", "1,-5", "1,5e3", "R$ 1", "१,५"]
        {
            assert_eq!(Decimal::parse_pt_br(text), Err(NotDecimal), "{text}");
        }
        assert_eq!(Decimal::parse_pt_br(&format!("{},9", "9".repeat(38))), Err(NotDecimal));
    }

    proptest! {
        #[test]
        fn thousands_with_and_without_points_are_one_number(whole in any::<u64>(), part in 0..100) {
            let (plain, grouped) = (whole.to_string(), thousands(whole));
            prop_assert_eq!(Decimal::parse_pt_br(&grouped), Decimal::parse(&plain));
            let number = Decimal::parse(&format!("{plain}.{part:02}"));
            prop_assert_eq!(Decimal::parse_pt_br(&format!("{grouped},{part:02}")), number);
            prop_assert_eq!(Decimal::parse_pt_br(&format!("{plain},{part:02}")), number);
        }

        #[test]
        fn no_text_panics(text in any::<String>(), like in "[0-9.,eE+-]{0,60}") {
            let _ = (Decimal::parse_pt_br(&text), Decimal::parse_pt_br(&like));
        }
    }

    fn thousands(number: u64) -> String {
        match number {
            0..1000 => number.to_string(),
            _ => format!("{}.{:03}", thousands(number / 1000), number % 1000),
        }
    }
}
