//! Forms and queries: names and values, decoded (WHATWG URL, section 5.1).
//!
//! One thing differs: what is not UTF-8 once decoded is refused, where the standard replaces it and
//! so loses it. An escape that is none stands for itself, as there.

use super::field::key_of;
use crate::json::Shape;

/// The pairs of a form as sent.
pub(super) fn pairs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty())
}

/// The pairs of a query as sent, but for the parameter that may carry a credential.
pub(crate) fn query_without<'q>(
    query: Option<&'q str>,
    credential: &str,
) -> impl Iterator<Item = &'q [u8]> {
    let credential = key_of(credential);
    pairs(query.unwrap_or_default().as_bytes()).filter(move |pair| {
        let (name, _) = halves(pair);
        decode(name).is_none_or(|name| key_of(&name) != credential)
    })
}

/// The name and value of a pair.
///
/// # Errors
///
/// When one of them is not UTF-8.
pub(super) fn read(pair: &[u8]) -> Result<(String, String), Shape> {
    let (name, value) = halves(pair);
    let name = decode(name).ok_or_else(|| Shape::new("", "names in UTF-8"))?;
    match decode(value) {
        Some(value) => Ok((name, value)),
        None => Err(Shape::new(&name, "text in UTF-8")),
    }
}

/// A segment of a path, decoded. A plus stands for itself there.
pub(crate) fn path_segment(text: &str) -> Option<String> {
    decode(text.replace('+', "%2B").as_bytes())
}

fn halves(pair: &[u8]) -> (&[u8], &[u8]) {
    let mut halves = pair.splitn(2, |byte| *byte == b'=');
    (halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
}

fn decode(text: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        let (byte, tail) = match (byte, tail) {
            (b'+', _) => (b' ', tail),
            (b'%', [high, low, after @ ..]) => match hex(*high, *low) {
                Some(escaped) => (escaped, after),
                None => (b'%', tail),
            },
            _ => (*byte, tail),
        };
        decoded.push(byte);
        rest = tail;
    }
    String::from_utf8(decoded).ok()
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from((digit(high)? << 4) | digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, expected: &[(&str, &str)]) {
        let read: Vec<_> = pairs(form.as_bytes()).map(|pair| read(pair).unwrap()).collect();
        let read: Vec<_> = read.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(read, expected, "{form}");
    }

    #[test]
    fn a_form_is_read_as_browsers_read_it() {
        check("a=1&b=2", &[("a", "1"), ("b", "2")]);
        check("status=EM+MANUTEN%C3%87%C3%83O", &[("status", "EM MANUTENÇÃO")]);
        check("a=b=c", &[("a", "b=c")]);
        check("a&=b&=", &[("a", ""), ("", "b"), ("", "")]);
        check("&&a=1&", &[("a", "1")]);
        check("", &[]);
        check("a%26b=c%3Dd%2B", &[("a&b", "c=d+")]);
        check("a=%00", &[("a", "\0")]);
        check("a=ç", &[("a", "ç")]);
        check("a=1;b=2", &[("a", "1;b=2")]);
    }

    #[test]
    fn an_escape_that_is_none_stands_for_itself() {
        check("a=100%", &[("a", "100%")]);
        check("a=%4", &[("a", "%4")]);
        check("a=%zz&%=%+1", &[("a", "%zz"), ("%", "% 1")]);
        check("a=%%41", &[("a", "%A")]);
        check("a=%2541", &[("a", "%41")]);
        check("a=%+A", &[("a", "% A")]);
    }

    #[test]
    fn what_is_well_formed_is_what_the_standard_says() {
        for form in ["a=1&b=+%20&c=%C3%A7&=&a=%zz", "%61=%FZ", "a[]=1&a[]=2", "x=\u{fffd}%EF%BF%BD"]
        {
            let standard: Vec<_> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
            let read: Vec<_> = pairs(form.as_bytes()).map(|pair| read(pair).unwrap()).collect();
            assert_eq!(read, standard, "{form}");
        }
    }

    #[track_caller]
    fn check_refused(form: &[u8], member: &str) {
        let shape = pairs(form).find_map(|pair| read(pair).err()).unwrap();
        assert_eq!(shape.member(), member);
        assert!(shape.expected().ends_with("in UTF-8") && !shape.to_string().contains("canary"));
    }

    #[test]
    fn what_is_not_utf_8_is_refused_and_named() {
        check_refused(b"a=1&status=canary%C7%C3O", "status");
        check_refused(b"status=canary\xc7", "status");
        check_refused(b"status=%ED%A0%80", "status");
        check_refused(b"canary%ff=1", "");
    }

    #[track_caller]
    fn check_without_token(query: &str, expected: &[&str]) {
        let left: Vec<_> = query_without(Some(query), "token").collect();
        let expected: Vec<_> = expected.iter().map(|pair| pair.as_bytes()).collect();
        assert_eq!(left, expected, "{query}");
    }

    #[test]
    fn the_parameter_of_the_token_is_left_out_however_it_is_written() {
        check_without_token("a=1&token=T&b=%32", &["a=1", "b=%32"]);
        for spelled in ["token=T", "to%6ben=T", "Token=T", "token[]=T", "+token=T", "token"] {
            check_without_token(&format!("a=1&{spelled}&token=T"), &["a=1"]);
        }
        check_without_token("tokens=1&atoken=1&%ff=1", &["tokens=1", "atoken=1", "%ff=1"]);
        assert_eq!(query_without(None, "token").count(), 0);
    }

    #[test]
    fn a_segment_of_a_path_keeps_its_plus() {
        assert_eq!(path_segment("a+b%20%C3%A7").as_deref(), Some("a+b ç"));
        assert_eq!(path_segment("%ff"), None);
    }
}
