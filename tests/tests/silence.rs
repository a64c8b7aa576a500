//! Nothing that a stranger sends makes an endpoint talk, and a line stays a line.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::explain::Explain;
use receiver_core::scheme::{Bearer, Layout, PerTenant, Signature, TenantAt};
use receiver_core::testing::{Credential, Outgoing, Way};
use receiver_core::wire::Private;
use receiver_core::{Key, Receiver, Request, Secret};
use receiver_tests::answer::Answer;
use receiver_tests::forger::{Door, Letter, catalog, mutate, setting, spoiled, table};
use receiver_tests::log::{self, Line, capture};
use receiver_tests::marked::HOSTILE;
use receiver_tests::own::Anything;
use receiver_tests::{endpoints, leak, stage};
use serde_json::json;

/// At every level: the collector of the log keeps TRACE too.
#[test]
fn a_forgery_is_one_line_without_secrets_and_without_control_characters() {
    let one_in = setting("RECEIVER_ONE_IN", 97);
    let (mut letters, mut wrong) = (0_usize, Vec::new());
    for (place, (name, stage)) in stage::all().into_iter().enumerate() {
        for door in table(stage, place > 0).into_iter().map(Door::reduced) {
            // All right letters at the core, one in each framework.
            let rights = if place == 0 { door.rights.len() } else { 1 };
            for right in door.rights.iter().take(rights) {
                for letter in spoiled(&door, right, one_in) {
                    letters = letters.saturating_add(1);
                    let found = judge(&door, &letter);
                    wrong.extend(found.map(|it| format!("{}, {name}: {it}", door.name)));
                }
            }
        }
    }
    println!("{letters} forgeries, {} with a leak or a line too many", wrong.len());
    assert!(letters > 3_000, "{letters}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same of accidents, as many at each door, at the doors of the catalogue too.
#[test]
fn a_mutated_credential_is_one_line_without_secrets_too() {
    let mut doors = Vec::new();
    for (place, (name, stage)) in stage::all().into_iter().enumerate() {
        let bare = if place == 0 { catalog() } else { Vec::new() };
        let here = table(stage, place > 0).into_iter().chain(bare).map(Door::reduced);
        doors.extend(here.map(|door| (format!("{}, {name}", door.name), door)));
    }
    let count: usize = setting("RECEIVER_FORGERIES", 2_000);
    let each = count.div_ceil(doors.len());
    let (mut letters, wrong) = (0_usize, Rc::new(RefCell::new(Vec::new())));
    for (of, door) in doors {
        let (play, to) = (Rc::clone(&door.play), Rc::clone(&wrong));
        let play = Rc::new(move |letter: &Letter| {
            let (answer, log) = capture(|| play(letter));
            let found = complaint(&answer, &log);
            to.borrow_mut().extend(found.map(|it| format!("{of}: {it}")));
            answer
        });
        letters = letters.saturating_add(mutate(&Door { play, ..door }, each, 97).wrong);
    }
    let wrong = wrong.take();
    println!("{letters} accidents, {} with a leak or a line too many", wrong.len());
    assert!(letters >= count, "{letters}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Wherever a stranger can put it, and a sender too.
#[test]
fn a_hostile_text_is_one_line_in_every_framework() {
    let mut wrong = Vec::new();
    for (place, (name, stage)) in stage::all().into_iter().enumerate() {
        let doors = table(stage, place > 0);
        let door = doors.iter().find(|door| door.name == "own").expect("a door");
        let mut letters = 0_usize;
        for letter in HOSTILE.iter().flat_map(|text| hostile(door, text)) {
            if door.can_send(&letter) {
                letters = letters.saturating_add(1);
                wrong.extend(judge(door, &letter).map(|it| format!("{name}, {letter:?}: {it}")));
            }
        }
        assert!(letters > 70, "{name}: {letters}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A right letter with a text in each place where it may stand.
fn hostile(door: &Door, text: &str) -> Vec<Letter> {
    let right = door.rights.first().expect("a right letter");
    let with = |name: &str, value: String| {
        let mut letter = right.clone();
        letter.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        letter.headers.push((name.to_owned(), value.into_bytes()));
        letter
    };
    let saying = |body: String| Letter { body: body.into_bytes(), ..right.clone() };
    let query = form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    vec![
        with("x-odd", text.to_owned()),
        with("authorization", text.to_owned()),
        with("authorization", format!("Bearer {text}")),
        with("content-type", text.to_owned()),
        with("content-encoding", text.to_owned()),
        Letter { query: Some(text.to_owned()), ..right.clone() },
        Letter { query: Some(query), ..right.clone() },
        saying(text.to_owned()),
        saying(json!({ "id": text, "type": text }).to_string()),
        saying(json!({ "id": text, "type": "x", "created": text, "url": text }).to_string()),
        saying(json!({ "id": 1, text: text }).to_string()),
    ]
}

fn judge(door: &Door, letter: &Letter) -> Option<String> {
    let (answer, log) = capture(|| (door.play)(letter));
    complaint(&answer, &log)
}

/// The controls: a line that leaks, one that is two, and one that speaks to the terminal.
#[test]
fn what_is_looked_for_is_found() {
    let answer = |body: &'static str| Answer::new(401, [("a", "b")], body.into());
    let lines = |log: &dyn Fn()| capture(log).1;
    let quiet = lines(&|| tracing::info!(target: "receiver", "delivery"));
    assert_eq!(complaint(&answer("no"), &quiet), None);
    assert!(complaint(&answer(endpoints::TOKEN), &quiet).is_some());
    assert!(complaint(&answer("no"), &[]).is_some());
    for text in [endpoints::VOALLE_PASSWORD, "a\nb", "\u{1b}[31m"] {
        let log = lines(&|| tracing::info!(target: "receiver", error = text, "delivery"));
        assert!(complaint(&answer("no"), &log).is_some(), "{text}");
    }
    let twice = lines(&|| {
        tracing::info!(target: "receiver", "delivery");
        tracing::info!(target: "receiver", "delivery");
    });
    assert!(complaint(&answer("no"), &twice).is_some());
}

#[test]
fn what_makes_requests_and_explains_them_prints_no_secret() {
    let headers = [("x-hub-signature-256", "sha256=marker-other-90aa"), ("x-tenant", MARKER)];
    let request = Request::new("POST", "/hooks?token=marker-query-c2d9", &headers)
        .with_body("{\"email\":\"marker-person-83b1\"}");
    let explain = Explain::new(Layout::GITHUB, secret());
    let explanation = explain.request(&request, now());
    let tenants = PerTenant::new(
        TenantAt::LastSegment,
        key(),
        |_| Ok(Some(key())),
        |key| Bearer::new(key).expect("a token"),
    );
    let outgoing =
        Outgoing::json("/hooks?token=marker-query-c2d9", "{\"a\":\"marker-person-83b1\"}")
            .with_header("x-token", MARKER)
            .with_credential(Credential::basic("marker-other-90aa", secret()));
    let sent = Outgoing::json("/hooks", "{}").with_credential(Credential::bearer(secret()));
    let sent = sent.with_credential(Credential::username_password("erp", secret())).request(now());
    let mut printed = vec![
        format!("{explain:?} {explain:#?}"),
        format!("{explanation:?} {explanation:#?} {explanation}"),
        format!(
            "{tenants:?} {:?}",
            Receiver::<Anything>::new(Bearer::new(key()).expect("a token"))
        ),
        format!("{outgoing:?} {outgoing:#?} {:?}", sent.expect("a request").headers()),
        format!("{:?}", Signature::new(Layout::GITHUB, key()).with_public_url(URL)),
        format!("{:?}", Signature::new(Layout::GITHUB, key()).with_public_url("marker-link-a41e")),
        format!("{:?}", Private::from("marker-person-83b1".to_owned())),
    ];
    for way in [Way::Basic, Way::Query("token"), Way::Signature(Layout::STANDARD_WEBHOOKS)] {
        printed.push(format!("{:?} {:?}", way.credential(MARKER), way.credential(" ")));
    }
    for text in &printed {
        assert_eq!(leak::find(text, MARKERS), [""; 0], "{text}");
    }
    assert!(printed.concat().len() > 500, "it has printed too little: {printed:?}");
}

/// What is wrong with what was answered and logged, if anything is.
fn complaint(answer: &Answer, log: &[Line]) -> Option<String> {
    let told = format!("{answer:?} {log:?}");
    let leaks = leak::find(&told, &SECRETS.map(str::as_bytes));
    if !leaks.is_empty() {
        return Some(format!("{leaks:?} in {told}"));
    }
    log::complaint(log)
}

fn key() -> Key {
    Key::new(secret())
}

fn secret() -> Secret {
    Secret::new(MARKER).expect("a secret")
}

fn now() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(1_767_225_600)).expect("a time")
}

const MARKER: &str = "marker-token-5d0c";
const URL: &str = "https://user:marker-link-a41e@example.com/?key=marker-link-a41e";

const MARKERS: &[&[u8]] = &[
    b"marker-token-5d0c",
    b"marker-other-90aa",
    b"marker-query-c2d9",
    b"marker-person-83b1",
    b"marker-link-a41e",
];

const SECRETS: [&str; 14] = [
    endpoints::ONS_PASSWORD,
    endpoints::ONS_TOKEN,
    endpoints::CMMSHERE_TOKEN,
    endpoints::MONUV_TOKEN,
    endpoints::RABBOT_TOKEN,
    endpoints::VOALLE_PASSWORD,
    endpoints::VOALLE_TOKEN,
    endpoints::OWN_TOKEN,
    endpoints::PASSWORD,
    endpoints::TOKEN,
    endpoints::NEW_TOKEN,
    endpoints::SIGNING_KEY,
    endpoints::WHSEC,
    endpoints::NEW_WHSEC,
];
