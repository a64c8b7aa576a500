//! Exact decimal numbers, for money and quantities: never a float.

use std::fmt;
use std::str::FromStr;

pub use json::{optional, optional_pt_br, pt_br};

mod brazilian;
mod json;

/// A decimal number, exactly as the digits say it: `99.90` is ninety-nine and nine tenths, not the
/// nearest binary fraction.
///
/// It holds up to 38 digits, before and after the point together and not counting zeros at either
/// end that change nothing, and up to 38 places behind the point. A longer number is an error and
/// is never rounded.
///
/// Numbers are compared by value: `1.50` is `1.5`, and is printed so.
///
/// # JSON
///
/// It is read from a number or from text in plain form (`99.9`, `"99.9"`), and written as text,
/// since many readers of JSON would make a float of a number. For Brazilian text see [`pt_br`]; for
/// a member that may be blank see [`optional`]. It is for JSON only, and does not work inside
/// `#[serde(flatten)]` or an untagged enum.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::decimal::Decimal;
///
/// let amount: Decimal = serde_json::from_str("99.90")?;
/// assert_eq!(amount.cents(), Some(9990));
/// assert_eq!(amount, Decimal::parse("99.9")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits without the point. Never ends in a zero when there is a fraction, so that equal
    /// numbers are equal field by field.
    coefficient: i128,
    /// How many of the digits stand behind the point: 0 to 38.
    scale: u32,
}

/// The text is not a decimal number, or one of more than 38 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl Decimal {
    /// Reads the plain form: digits, perhaps with a sign in front, a point and more digits, and an
    /// exponent. `1234.56`, `-0.5`, `1e3`.
    ///
    /// # Errors
    ///
    /// When the text is anything else, or has more digits than fit.
    pub fn parse(text: &str) -> Result<Self, NotDecimal> {
        let text = text.trim();
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse().map_err(|_| NotDecimal)?),
            None => (text, 0),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((_, "")) => return Err(NotDecimal),
            Some(parts) => parts,
            None => (number, ""),
        };
        Self::from_parts(whole, fraction, exponent).ok_or(NotDecimal)
    }

    /// The number in hundredths. `None` when it has a fraction of a cent or is too big.
    #[must_use]
    pub fn cents(self) -> Option<i128> {
        self.to_scale(2)
    }

    /// The number in units of so many digits behind the point: with 3, in thousandths. `None` when
    /// that would lose a digit, or is too big.
    #[must_use]
    pub fn to_scale(self, digits: u32) -> Option<i128> {
        if self.coefficient == 0 {
            return Some(0);
        }
        let zeros = digits.checked_sub(self.scale)?;
        self.coefficient.checked_mul(10i128.checked_pow(zeros)?)
    }

    /// Puts the digits before and after the point together and moves the point by the exponent.
    fn from_parts(whole: &str, fraction: &str, exponent: i32) -> Option<Self> {
        let (negative, whole) = match whole.strip_prefix('-') {
            Some(whole) => (true, whole),
            None => (false, whole.strip_prefix('+').unwrap_or(whole)),
        };
        if whole.is_empty() {
            return None;
        }
        // The zeros at the end change nothing, so they need no room among the digits.
        let digits: String = [whole, fraction].concat();
        let significant = digits.trim_end_matches('0');
        let coefficient = coefficient(significant)?;
        if coefficient == 0 {
            return Some(Self { coefficient, scale: 0 });
        }
        let dropped = i64::try_from(digits.len().checked_sub(significant.len())?).ok()?;
        let fraction = i64::try_from(fraction.len()).ok()?;
        let scale = fraction.checked_sub(dropped)?.checked_sub(i64::from(exponent))?;
        let (coefficient, scale) = if let Ok(scale) = u32::try_from(scale) {
            (coefficient, scale)
        } else {
            let zeros = u32::try_from(scale.checked_neg()?).ok()?;
            (coefficient.checked_mul(10i128.checked_pow(zeros)?)?, 0)
        };
        let fits = scale <= DIGITS && coefficient <= LARGEST;
        fits.then_some(Self {
            coefficient: if negative { coefficient.checked_neg()? } else { coefficient },
            scale,
        })
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        Self::parse(text)
    }
}

/// The plain form without an exponent, and without zeros that change nothing: `-1234.5`.
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::try_from(self.scale).unwrap_or(usize::MAX);
        let digits = format!(
            "{:0>width$}",
            self.coefficient.unsigned_abs(),
            width = scale.saturating_add(1)
        );
        let point = digits.len().saturating_sub(scale);
        let text = match digits.split_at_checked(point) {
            Some((whole, fraction)) if !fraction.is_empty() => format!("{whole}.{fraction}"),
            _ => digits,
        };
        formatter.pad_integral(self.coefficient >= 0, "", &text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Decimal({self})")
    }
}

impl fmt::Display for NotDecimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a decimal number of at most 38 digits")
    }
}

impl std::error::Error for NotDecimal {}

/// The value of ASCII digits, when an `i128` holds it.
fn coefficient(digits: &str) -> Option<i128> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match digits.trim_start_matches('0') {
        "" => Some(0),
        digits => digits.parse().ok(),
    }
}

/// The most digits a number has. Thirty-eight nines are the most that an `i128` holds.
const DIGITS: u32 = 38;
const LARGEST: i128 = 10i128.pow(DIGITS) - 1;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, printed: &str) {
        assert_eq!(Decimal::parse(text).map(|number| number.to_string()).as_deref(), Ok(printed));
    }

    #[test]
    fn the_plain_form_is_exact() {
        check("1234.56", "1234.56");
        check("0.1", "0.1");
        check("-0.05", "-0.05");
        check("+7", "7");
        check(" 99.9 ", "99.9");
        check("900719925474099.30", "900719925474099.3");
        check("18446744073709551616", "18446744073709551616");
    }

    #[test]
    fn zeros_that_change_nothing_go() {
        check("007.500", "7.5");
        check("100", "100");
        check("100.00", "100");
        check("-0.00", "0");
        check("0", "0");
        check(&format!("{}1.{}", "0".repeat(1000), "0".repeat(1000)), "1");
    }

    #[test]
    fn an_exponent_moves_the_point() {
        check("1e3", "1000");
        check("9.990E+1", "99.9");
        check("125e-3", "0.125");
        check("1000e-3", "1");
        check("0e999999999", "0");
        check("0.001e3", "1");
    }

    #[test]
    fn thirty_eight_digits_fit() {
        let nines = "9".repeat(38);
        check(&nines, &nines);
        check(&format!("-{nines}"), &format!("-{nines}"));
        check(&format!("0.{nines}"), &format!("0.{nines}"));
        check("1e37", &format!("1{}", "0".repeat(37)));
        check("1e-38", &format!("0.{}1", "0".repeat(37)));
    }

    #[track_caller]
    fn check_refused(text: &str) {
        assert_eq!(Decimal::parse(text), Err(NotDecimal), "{text}");
    }

    #[test]
    fn more_digits_do_not_fit_and_are_not_rounded() {
        check_refused(&format!("1{}", "0".repeat(38)));
        check_refused(&"9".repeat(39));
        check_refused(&format!("0.{}1", "0".repeat(38)));
        check_refused(&format!("1.{}1", "0".repeat(37)));
        check_refused("1e38");
        check_refused("-1e38");
        check_refused("2e38");
        check_refused("1e-39");
        check_refused("1e2147483647");
        check_refused("1e-2147483648");
        check_refused("1e99999999999");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", " ", "-", "+", ".", ",", ".5", "5.", "5,", ",5", "--1", "+-1", "1-", "1 000",
            "1.2.3", "1,2,3", "1,234.56", "1,-5", "1.-5", "1e", "e1", "1e1.5", "1e1e1", "1e 1",
            "0x10", "1_000", "NaN", "inf", "R$ 1", "１２", "٣", "1\u{0}",
        ] {
            check_refused(text);
        }
    }

    #[track_caller]
    fn check_cents(text: &str, cents: Option<i128>) {
        assert_eq!(Decimal::parse(text).unwrap().cents(), cents);
    }

    #[test]
    fn cents_lose_nothing() {
        check_cents("99.90", Some(9990));
        check_cents("99.9", Some(9990));
        check_cents("-1", Some(-100));
        check_cents("0", Some(0));
        check_cents("0.005", None);
        check_cents("0.0050000", None);
        check_cents(&"9".repeat(38), None);
        check_cents("1e36", Some(10i128.pow(38)));
    }

    #[test]
    fn any_scale_can_be_asked_for() {
        let number = Decimal::parse("1.25").unwrap();
        assert_eq!(number.to_scale(2), Some(125));
        assert_eq!(number.to_scale(1), None);
        assert_eq!(number.to_scale(u32::MAX), None);
        assert_eq!(Decimal::parse("0").unwrap().to_scale(u32::MAX), Some(0));
    }

    #[test]
    fn equal_numbers_are_equal() {
        assert_eq!(Decimal::parse("1.50"), Decimal::parse("1.5"));
        assert_eq!(Decimal::parse("-0"), Decimal::parse("0.0"));
        assert_ne!(Decimal::parse("1.5"), Decimal::parse("15"));
        assert_ne!(Decimal::parse("1.5"), Decimal::parse("-1.5"));
    }

    #[test]
    fn printing_pads() {
        let number = Decimal::parse("-1.5").unwrap();
        assert_eq!(format!("{number:>6}|{number:07}|{number:?}"), "  -1.5|-0001.5|Decimal(-1.5)");
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(text in "[+-]?[0-9]{1,20}(\\.[0-9]{1,18})?(e[+-]?[0-9])?") {
            if let Ok(number) = Decimal::parse(&text) {
                prop_assert_eq!(Decimal::parse(&number.to_string()), Ok(number));
                let json = serde_json::to_string(&number).unwrap();
                prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), number);
            }
        }

        #[test]
        fn cents_read_back(cents in any::<i64>()) {
            let (whole, part) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
            let sign = if cents < 0 { "-" } else { "" };
            let text = format!("{sign}{whole}.{part:02}");
            prop_assert_eq!(Decimal::parse(&text).unwrap().cents(), Some(i128::from(cents)));
        }

        #[test]
        fn no_text_panics(text in any::<String>(), like in "[0-9.,eE+-]{0,60}") {
            let _ = (Decimal::parse(&text), Decimal::parse(&like));
        }
    }
}
