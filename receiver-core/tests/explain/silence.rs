//! Neither a secret, nor a signature, nor a URL, nor a byte of the body is told.

use receiver_core::Key;
use receiver_core::explain::Explain;
use receiver_core::scheme::{Encoding, Hash, Layout, Signature, catalog};

use crate::failure::{Failure, NOW, at, secret};

/// Everything that is printed of these: the explanation, what it was asked of, and their parts.
fn printed(explain: &Explain, failure: &Failure) -> String {
    let explanation = failure.explained_by(explain);
    let parts: String = explanation
        .hypotheses()
        .iter()
        .map(|it| format!("{it} {it:?} {it:#?}"))
        .chain(explanation.findings().iter().map(|it| format!("{it} {it:?} {it:#?}")))
        .collect();
    format!("{explanation} {explanation:?} {explanation:#?} {explain:?} {explain:#?} {parts}")
}

/// The texts in which bytes could be told.
fn spellings(bytes: &[u8]) -> Vec<String> {
    use base64::Engine as _;
    let digit = |value: u8| char::from_digit(value.into(), 16).expect("a digit");
    let hex: String = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect();
    let base64 = base64::prelude::BASE64_STANDARD_NO_PAD.encode(bytes);
    let plain = String::from_utf8_lossy(bytes).into_owned();
    vec![plain, hex.to_uppercase(), hex, base64.replace('+', "-").replace('/', "_"), base64]
}

#[track_caller]
fn check(explain: &Explain, failure: &Failure, hidden: &[&str], told: bool) {
    let printed = printed(explain, failure);
    for text in hidden.iter().flat_map(|text| spellings(text.as_bytes())) {
        assert!(!printed.contains(&text), "{text} in {printed}");
    }
    for (_, value) in &failure.headers {
        let values = value.split([',', '=', ' ']).filter(|it| it.len() > 10);
        values.for_each(|value| assert!(!printed.contains(value), "{value} in {printed}"));
    }
    assert_eq!(!failure.explained_by(explain).hypotheses().is_empty(), told, "{printed}");
}

#[test]
fn what_must_not_be_printed_is_not() {
    let body = r#"{"marker-body-91":"marker-value-92"}"#;
    let hidden = ["marker-secret-90", "marker-body-91", "marker-value-92", "marker-path-93"];
    for (layout, given, told) in [
        (Layout::GITHUB, "marker-secret-90\n", true),
        (Layout::GITHUB, "marker-secret-90-other", false),
        (Layout::STANDARD_WEBHOOKS, "marker-secret-90\n", true),
        (Layout::STANDARD_WEBHOOKS, "marker-secret-90-other", false),
    ] {
        let explain = Explain::new(layout.clone(), secret(given));
        let failure = Failure::signed(&layout, secret("marker-secret-90"), body);
        check(&explain, &failure, &hidden, told);
        let late = Failure { now: at(NOW + 9_999), ..failure.clone() };
        check(&explain, &late, &hidden, told);
        let spaced = failure.clone().arriving_as(body.replace(':', ": "));
        check(&explain, &spaced, &hidden, told);
        let cut = failure.spelled(|value| value.split_at(value.len() - 3).0.to_owned());
        check(&explain, &cut, &hidden, false);
    }
    let square = catalog::find("square").expect("a row").layout();
    let url = "https://user:marker-secret-90@a.example/marker-path-93";
    let sender = Signature::new(square.clone(), secret("marker-secret-90"));
    let sender = sender.with_public_url(url).expect("a URL");
    let explain = Explain::new(square.clone(), secret("marker-secret-90"));
    let explain = explain.with_public_url(&format!("{url}/")).expect("a URL");
    check(
        &explain,
        &Failure::by(&sender, "/marker-path-93?a=marker-value-92", body),
        &hidden,
        true,
    );
}

/// The signature that would be right is what a forger looks for.
#[test]
fn no_signature_that_was_computed_is_printed() {
    let explain = Explain::new(Layout::GITHUB, secret("marker-secret-90"));
    let failure = Failure::signed(&Layout::GITHUB, secret("another-key-77"), "{}");
    let printed = printed(&explain, &failure);
    for hash in [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512, Hash::PlainSha256] {
        for encoding in [Encoding::Hex, Encoding::Base64, Encoding::Base64Url] {
            let layout = Layout::body(http::HeaderName::from_static("x-a"), hash, encoding);
            let right = Failure::signed(&layout, secret("marker-secret-90"), "{}");
            let (_, value) = &right.headers[0];
            assert!(!printed.contains(value.trim_end_matches('=')), "{printed}");
        }
    }
}

/// The name of a key may be told: it says which one to look at.
#[test]
fn the_name_of_a_key_is_printed() {
    let old = Key::new(secret("marker-secret-90")).with_id("2025").with_not_after(at(NOW - 5));
    let failure = Failure::signed(&Layout::GITHUB, secret("marker-secret-90"), "{}");
    let explanation = failure.explained_by(&Explain::new(Layout::GITHUB, old)).to_string();
    assert_eq!(
        explanation,
        "refused: no key is valid at this time\n\
         key 2025 ended 5 s ago\n\
         would verify if its key had not ended 5 s ago (key 2025)",
    );
}
