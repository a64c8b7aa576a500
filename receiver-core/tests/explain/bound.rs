//! However large or odd the request, explaining it ends.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use receiver_core::explain::Explain;
use receiver_core::scheme::{Layout, catalog};

use crate::failure::{Failure, KEY, secret};

/// Wrong in no way that is known, so that everything is tried.
fn hopeless(layout: &Layout, body: Vec<u8>) -> Failure {
    Failure::signed(layout, secret("quite-another-key-5d0e"), body)
}

#[test]
fn a_mebibyte_of_json_takes_some_hundred_signatures() {
    let mut body = br#"{"id":"evt_1","items":["#.to_vec();
    while body.len() < 1_048_560 {
        body.extend_from_slice(r#"{"ção":"a/b"},"#.as_bytes());
    }
    body.extend_from_slice(b"0]}");
    let begun = Instant::now();
    let explain = Explain::new(Layout::GITHUB, secret("whsec_c2lnbmluZy1rZXk="));
    let explanation = hopeless(&Layout::GITHUB, body).explained_by(&explain);
    assert_eq!(explanation.hypotheses(), []);
    assert!((100..=600).contains(&explanation.macs()), "{}", explanation.macs());
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
}

/// Indented, it would be 100 times as long.
#[test]
fn a_body_of_nothing_but_brackets_does_not_grow_without_end() {
    let body = ["[".repeat(120), "1,".repeat(100_000), "1".to_owned(), "]".repeat(120)].concat();
    let explain = Explain::new(Layout::GITHUB, secret(KEY));
    let begun = Instant::now();
    assert_eq!(hopeless(&Layout::GITHUB, body.into()).explained_by(&explain).hypotheses(), []);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

/// Every header of the catalogue at once, with signatures of every length in a list.
#[test]
fn no_request_takes_more_than_the_most() {
    let lengths = [20, 32, 48, 64];
    let hex =
        lengths.map(|length| format!("v0={},v1={}", "ab".repeat(length), "ab".repeat(length)));
    let value = format!("t=1,{},v1=,sha256={}", hex.join(","), "q".repeat(43));
    for name in ["stripe", "pagerduty", "twilio", "square", "persona"] {
        let layout = catalog::find(name).expect("a row").layout();
        let explain = Explain::new(layout.clone(), secret("\"whsec_a2V5\""))
            .with(secret("7369676e696e672d6b65792d63326439"))
            .with_public_url("https://a.example:8443/x?a=1")
            .expect("a URL");
        let mut headers = vec![("host".to_owned(), "b.example".to_owned())];
        for sender in catalog::senders() {
            for header in sender.layout().source().to_string().split(", ") {
                headers.push((header.to_owned(), value.clone()));
            }
        }
        headers.sort();
        headers.dedup();
        let failure = Failure {
            headers,
            target: "/y?b=2".to_owned(),
            ..hopeless(&Layout::GITHUB, "{\"ç\": \"a/b\"}\r\n".into())
        };
        let explanation = failure.explained_by(&explain);
        let urls = if name == "twilio" { 2 } else { 1 };
        let most = Explain::MOST_MACS * 2 * urls;
        assert!(explanation.macs() <= most, "{name}: {} of {most}", explanation.macs());
        assert!(explanation.macs() > 400, "{name}: {}", explanation.macs());
    }
}

/// 24 spellings and 16 rows, each with the 9 secrets that are made of this one.
#[test]
fn spellings_and_rows_have_a_most_of_their_own() {
    let stripe = catalog::find("stripe").expect("a row").layout();
    let explain = Explain::new(stripe.clone(), secret(KEY));
    let usual = hopeless(stripe, "{}".into());
    let macs = |failure: Failure| failure.explained_by(&explain).macs();

    let lengths = [20, 32, 48, 64].map(|length| "ab".repeat(length));
    let fields = ["v1", "v0", "s", "h1", "sig", "signature", "sha256"];
    let all =
        fields.iter().flat_map(|name| lengths.iter().map(move |hex| format!(",{name}={hex}")));
    let all: String = all.collect();
    let more = macs(usual.clone().spelled(|it| format!("{it}{all}"))) - macs(usual.clone());
    assert!((20 * 9..=24 * 9).contains(&more), "{more}");

    let mut every = usual.clone();
    for sender in catalog::senders() {
        let name = sender.layout().source().to_string();
        if !every.headers.iter().any(|(other, _)| *other == name) {
            every.headers.push((name, "ab".repeat(32)));
        }
    }
    let more = macs(every) - macs(usual);
    assert!((12 * 9..=16 * 9).contains(&more), "{more}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    /// No panic, nothing made right, and nothing of the values told.
    #[test]
    fn any_request_at_all_is_explained(
        row in any::<proptest::sample::Index>(), given in vec(any::<u8>(), 1..40),
        values in vec("[ -~]{12,60}", 8), query in "[ -~]{0,40}", body in vec(any::<u8>(), 0..60),
        now in any::<u32>(),
    ) {
        let senders: Vec<_> = catalog::senders().collect();
        let layout = row.get(&senders).layout();
        let Ok(given) = receiver_core::Secret::new(given) else { return Ok(()) };
        let explain = Explain::new(layout.clone(), given).with_public_url("https://a.example/x?a=1");
        let time = layout.timestamp().map(|it| it.place().clone());
        let mut names: Vec<_> =
            layout.source().to_string().split(", ").map(str::to_owned).collect();
        names.extend(layout.id().map(ToString::to_string));
        if let Some(receiver_core::scheme::Place::Header(name)) = time {
            names.push(name.to_string());
        }
        names.push("host".to_owned());
        let failure = Failure {
            target: format!("/y?{query}"),
            headers: names.into_iter().zip(values.clone()).collect(),
            body,
            now: crate::failure::at(now.into()),
        };
        let explanation = failure.explained_by(&explain.expect("a URL"));
        prop_assert_eq!(explanation.hypotheses(), []);
        let printed = format!("{explanation} {explanation:?}");
        for value in values {
            prop_assert!(!printed.contains(&value), "{value}: {printed}");
        }
    }
}
