//! What every row refuses, and with which reason.

use std::time::Duration;

use http::HeaderName;
use receiver_core::scheme::catalog::Sender;
use receiver_core::scheme::{
    Grammar, Layout, Part, Place, Signature, Source, Timestamp, Tolerance, Unit, catalog,
};
use receiver_core::{AuthError, Key, Request, Scheme, Secret};

use crate::message::{Message, NOW, at, key_text, scheme};

#[track_caller]
pub(crate) fn check(name: &str, spoil: impl FnOnce(&mut Message), expected: Result<(), &str>) {
    let sender = catalog::find(name).expect("a row");
    let scheme = scheme(sender, SEED);
    let mut message = Message::signed(sender, &scheme, "id-1", b"{}", at(NOW));
    spoil(&mut message);
    assert_eq!(message.judged_by(&scheme), expected, "{name}");
}

/// As the sender's own library has it: the prefix may be left out, and another one is none.
#[test]
fn a_prefix_that_may_be_left_out() {
    let bare = |it: &mut Message| it.headers[0].1 = it.headers[0].1.replace("sha256=", "");
    check("mollie", bare, Ok(()));
    let other = |it: &mut Message| it.headers[0].1 = it.headers[0].1.replace("sha256=", "sha1=");
    check("mollie", other, Err("signature_mismatch"));
}

/// Every row, with a signed message to spoil.
fn each(judge: impl Fn(&Sender, &Signature, Message)) {
    for sender in catalog::senders() {
        let scheme = scheme(sender, SEED);
        judge(sender, &scheme, Message::signed(sender, &scheme, "id-1", b"{}", at(NOW)));
    }
}

#[test]
fn no_row_takes_an_empty_secret() {
    for sender in catalog::senders() {
        for text in ["", " ", "\n", "\u{a0}", "\0"] {
            assert!(sender.signature(text).is_err(), "{}, {text:?}", sender.name());
        }
    }
    for name in ["standard-webhooks", "svix", "openai"] {
        assert!(catalog::find(name).expect("a row").signature("whsec_").is_err());
    }
}

#[test]
fn every_header_is_needed_and_stands_once() {
    each(|sender, scheme, message| {
        for place in 0..message.headers.len() {
            let mut less = message.clone();
            less.headers.remove(place);
            assert_eq!(less.judged_by(scheme), Err("missing_credential"), "{}", sender.name());
            let mut twice = message.clone();
            twice.headers.push(message.headers[place].clone());
            assert_eq!(twice.judged_by(scheme), Err("duplicate_header"), "{}", sender.name());
            let mut empty = message.clone();
            empty.headers[place].1.clear();
            assert!(empty.judged_by(scheme).is_err(), "{}", sender.name());
        }
    });
}

#[test]
fn a_cut_signature_is_refused_at_every_length() {
    each(|sender, scheme, message| {
        let Some((_, value)) = message.headers.last() else { return };
        // Base64 may come without its padding: that is the whole signature still.
        let whole = value.trim_end_matches('=').len();
        for length in 0..whole {
            let mut cut = message.clone();
            cut.headers.last_mut().expect("a header").1.truncate(length);
            assert!(cut.judged_by(scheme).is_err(), "{}, {length}", sender.name());
        }
    });
}

#[test]
fn an_unknown_version_alone_is_refused_and_beside_a_known_one_passed_over() {
    each(|sender, scheme, message| {
        let last = |edit: &dyn Fn(&str) -> String| {
            let mut edited = message.clone();
            let value = &mut edited.headers.last_mut().expect("a header").1;
            *value = edit(value);
            edited.judged_by(scheme)
        };
        let (known, unknown, separator) = match sender.layout().grammar() {
            Grammar::List { separator, prefix, optional: false } if !prefix.is_empty() => {
                (prefix.to_string(), "v9,".to_owned(), *separator)
            }
            Grammar::Fields { separator, signature, .. } => {
                (format!("{signature}="), "v9=".to_owned(), *separator)
            }
            Grammar::Groups { signature, .. } => (format!("{signature}="), "v9=".to_owned(), ','),
            _ => return,
        };
        let alone = last(&|value| value.replace(&known, &unknown));
        assert_eq!(alone, Err("no_matching_version"), "{}", sender.name());
        let beside = last(&|value| format!("{value}{separator}{unknown}00"));
        assert_eq!(beside, Ok(()), "{}", sender.name());
    });
}

#[test]
fn a_wrong_signature_beside_a_right_one_is_passed_over() {
    each(|sender, scheme, message| {
        let more = match sender.layout().grammar() {
            Grammar::List { separator, prefix, .. } => format!("{separator}{prefix}00"),
            Grammar::Fields { separator, signature, .. } => format!("{separator}{signature}=00"),
            Grammar::Positional { separator } => format!("{separator}00"),
            Grammar::Groups { timestamp, signature } => {
                format!(" {timestamp}={NOW},{signature}=00")
            }
            _ => return,
        };
        let mut longer = message;
        longer.headers.last_mut().expect("a header").1.push_str(&more);
        assert_eq!(longer.judged_by(scheme), Ok(()), "{}", sender.name());
    });
}

#[test]
fn a_time_out_of_tolerance_is_refused_to_the_second() {
    each(|sender, scheme, message| {
        let timestamp = sender.layout().timestamp();
        let Some(tolerance) = timestamp.and_then(Timestamp::tolerance) else { return };
        let (past, future) = (tolerance.past(), tolerance.future());
        let second = Duration::from_secs(1);
        for (now, expected) in [
            (at(NOW) + past, Ok(())),
            (at(NOW) + past + second, Err("stale")),
            (at(NOW) - future, Ok(())),
            (at(NOW) - future - second, Err("future")),
            (at(0), Err("future")),
        ] {
            let late = Message { now, ..message.clone() };
            assert_eq!(late.judged_by(scheme), expected, "{}", sender.name());
        }
    });
}

#[test]
fn a_time_that_is_not_judged_can_be_judged_all_the_same() {
    for sender in catalog::senders() {
        let Some(timestamp) = sender.layout().timestamp() else { continue };
        let scheme = || scheme(sender, SEED).with_tolerance(Tolerance::both(Duration::ZERO));
        let message = Message::signed(sender, &scheme(), "id-1", b"{}", at(NOW));
        assert_eq!(message.judged_by(&scheme()), Ok(()), "{}", sender.name());
        let step = match timestamp.unit() {
            Unit::Seconds | Unit::HttpDate => Duration::from_secs(1),
            _ => Duration::from_millis(1),
        };
        let late = Message { now: at(NOW) + step, ..message.clone() };
        assert_eq!(late.judged_by(&scheme()), Err("stale"), "{}", sender.name());
        let early = Message { now: at(NOW) - step, ..message };
        assert_eq!(early.judged_by(&scheme()), Err("future"), "{}", sender.name());
    }
}

/// The time is signed: moving it is told from its being too old.
#[test]
fn a_timestamp_that_was_not_signed_is_refused() {
    each(|sender, scheme, mut message| {
        let Some(timestamp) = sender.layout().timestamp() else { return };
        let text = |seconds| match timestamp.unit() {
            Unit::Seconds => format!("{seconds}"),
            Unit::Milliseconds => format!("{seconds}000"),
            Unit::HttpDate => format!("Thu, 01 Jan 2026 00:00:{:02} GMT", seconds - NOW),
            _ => format!("2026-01-01T00:00:{:02}Z", seconds - NOW),
        };
        for (name, value) in &mut message.headers {
            let is_header = matches!(timestamp.place(), Place::Header(it) if it.as_str() == *name);
            if is_header {
                *value = text(NOW + 1);
            } else {
                *value = value.replace(&text(NOW), &text(NOW + 1));
            }
        }
        message.now = at(NOW + 1);
        assert_eq!(message.judged_by(scheme), Err("signature_mismatch"), "{}", sender.name());
    });
}

#[test]
fn two_timestamps_beside_a_signature_are_refused() {
    for name in ["stripe", "paddle", "buildkite", "workos"] {
        let Grammar::Fields { separator, timestamp, .. } =
            catalog::find(name).expect("a row").layout().grammar()
        else {
            panic!("{name} has fields");
        };
        let more = format!("{separator}{timestamp}={NOW}");
        check(name, |it| it.headers[0].1.push_str(&more), Err("duplicate_header"));
    }
    let other = format!(" t={},v1=00", NOW + 1);
    check("persona", |it| it.headers[0].1.push_str(&other), Err("duplicate_header"));
}

#[test]
fn two_headers_with_two_times_are_refused() {
    let stripe = catalog::find("stripe").expect("a row").layout().clone();
    let names = ["x-one", "x-two"].map(HeaderName::from_static);
    let [first, second] = names.clone();
    let layout = stripe.with_source(Source::Headers(first, second));
    let scheme = Signature::new(layout, Secret::new(SEED).expect("a secret"));
    let value = scheme.sign("", at(NOW), b"{}").remove(0).1;
    let judge = |other: String| {
        let headers: Vec<_> = names.iter().zip([value.clone(), other]).collect();
        let request = Request::new("POST", "/", &headers).with_body("{}");
        scheme.verify(&request, at(NOW)).map(drop)
    };
    assert_eq!(judge(value.clone()), Ok(()));
    assert_eq!(judge(value.replace("t=1", "t=2")), Err(AuthError::Repeated));
    assert_eq!(judge("v1=00".to_owned()), Err(AuthError::Malformed));
}

#[test]
fn a_part_that_stands_nowhere_is_missing() {
    for part in [&[Part::Id, Part::Body], &[Part::Timestamp, Part::Body]] {
        let layout = Layout::GITHUB.with_content(part);
        let scheme = Signature::new(layout, Secret::new(SEED).expect("a secret"));
        let headers = scheme.sign("", at(NOW), b"{}");
        let request = Request::new("POST", "/", &headers).with_body("{}");
        assert_eq!(scheme.verify(&request, at(NOW)).map(drop), Err(AuthError::Missing));
    }
}

#[test]
fn either_of_two_headers_is_enough_and_neither_too_few() {
    let renamed = |from: &'static str, to: &'static str| {
        move |it: &mut Message| {
            for (name, _) in &mut it.headers {
                if name == from {
                    to.clone_into(name);
                }
            }
        }
    };
    check("box", renamed("box-signature-primary", "box-signature-secondary"), Ok(()));
    check("hookdeck", renamed("x-hookdeck-signature", "x-hookdeck-signature-2"), Ok(()));
    check("box", renamed("box-signature-primary", "x"), Err("missing_credential"));
    let gap = renamed("x-docusign-signature-1", "x-docusign-signature-2");
    check("docusign", gap, Err("missing_credential"));
    let second = |it: &mut Message| {
        let right = it.headers[0].1.clone();
        it.headers[0].1 = "AAAA".to_owned();
        it.headers.push(("x-docusign-signature-2".to_owned(), right));
    };
    check("docusign", second, Ok(()));
    let repeated = |it: &mut Message| {
        for _ in 0..2 {
            it.headers.push(("x-docusign-signature-2".to_owned(), "AAAA".to_owned()));
        }
    };
    check("docusign", repeated, Err("duplicate_header"));
}

#[test]
fn a_signature_in_a_form_stands_once_and_covers_its_field() {
    let more = |text: &'static str| move |it: &mut Message| it.body.extend(text.bytes());
    check("braintree", more("&bt_payload=other"), Err("duplicate_header"));
    check("braintree", more("&bt_signature=key|00"), Err("duplicate_header"));
    check("braintree", |it| it.body.clear(), Err("missing_credential"));
    check("braintree", |it| it.body[11] ^= 1, Err("signature_mismatch"));
}

#[test]
fn a_key_is_tried_at_its_time_only() {
    each(|sender, _, message| {
        let key = || Key::new(sender.secret(&key_text(sender, SEED)).expect("a key"));
        let other = || Key::new(sender.secret(&key_text(sender, "another-key-77")).expect("a key"));
        let judge = |scheme: Signature| {
            let scheme = scheme.with_public_url("https://example.com/hooks").expect("a URL");
            let request = Request::new(&message.method, "/", &message.headers)
                .with_query(message.query.as_deref())
                .with_body(&message.body);
            let verdict = scheme.verify(&request, at(NOW));
            verdict.map(|proof| proof.key().to_string()).map_err(AuthError::reason)
        };
        let layout = || sender.layout().clone();
        let ended = key().with_not_after(at(NOW - 1));
        let valid = key().with_id("new").with_not_before(at(NOW));
        let name = sender.name();
        let alone = judge(Signature::new(layout(), ended.clone()));
        assert_eq!(alone, Err("no_active_key"), "{name}");
        let beside = judge(Signature::new(layout(), ended.clone()).with(other()));
        assert_eq!(beside, Err("signature_mismatch"), "{name}");
        let both = judge(Signature::new(layout(), ended).with(other()).with(valid));
        assert_eq!(both.as_deref(), Ok("new"), "{name}");
    });
}

#[test]
fn a_signature_of_another_place_is_not_looked_at() {
    each(|sender, scheme, message| {
        if matches!(sender.layout().source(), Source::Header(_)) {
            let mut moved = message;
            let (name, _) = moved.headers.last_mut().expect("a header");
            name.push_str("-x");
            assert_eq!(moved.judged_by(scheme), Err("missing_credential"), "{}", sender.name());
        }
    });
}

pub(crate) const SEED: &str = "signing-key-c2d9";
