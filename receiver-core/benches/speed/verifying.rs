//! Proving a sender, beside the bare hash over the same bytes and beside other crates.

use std::hint::black_box;
use std::time::SystemTime;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::Hmac;
use sha2::Sha256;

use crate::by_hand;
use crate::goal::{Bound, Goal};
use crate::message::Message;
use crate::report::{line, section, time};
use crate::rounds::Rounds;
use crate::subject::{SECRET, Subject};

pub(crate) fn goals() -> Vec<Goal> {
    let [webhooks, github] = [Subject::standard_webhooks(1024), Subject::github(1024)];
    let mut goals =
        beside_hand("V1", "Standard Webhooks", 1.20, &webhooks, by_hand::standard_webhooks);
    goals.extend(beside_hand("V2", "GitHub-style hex", 1.05, &github, by_hand::github));
    for (size, bytes) in [("1 KiB", 1 << 10), ("1 MiB", 1 << 20)] {
        let rounds = beside_another(&Subject::standard_webhooks(bytes));
        goals.push(Goal {
            name: "V3",
            figure: format!("times faster than the crate `standardwebhooks`, {size}"),
            bound: Some(Bound::AtLeast(5.0)),
            measured: rounds.middle(|[ours, another]| another / ours),
        });
    }
    let rounds = beside_hash(&Subject::github(16 << 10));
    goals.push(Goal {
        name: "T",
        figure: format!("HMAC / the same by ring, 16 KiB; built {TARGET}"),
        bound: Some(Bound::AtMost(1.5)),
        measured: rounds.middle(|[_, hash, ring]| hash / ring),
    });
    let allocations = Subject::all(1024).iter().map(allocations).max().unwrap_or(u64::MAX);
    goals.push(Goal {
        name: "V4",
        figure: "heap allocations per verification, of whichever scheme has most".to_owned(),
        bound: Some(Bound::AtMost(0.0)),
        measured: u32::try_from(allocations).map_or(f64::INFINITY, f64::from).into(),
    });
    goals
}

/// Each scheme, each size.
pub(crate) fn table() {
    let mut lines = Vec::new();
    for (size, bytes) in SIZES {
        for subject in Subject::all(bytes) {
            let rounds = beside_hash(&subject);
            let (ours, hash) = (rounds.median(|it| it[0]), rounds.median(|it| it[1]));
            let (ring, over) = (rounds.median(|it| it[2]), rounds.median(|it| it[0] - it[1]));
            let ratio = rounds.median(|it| it[0] / it[1]);
            let beside = [time(hash), time(ring), time(over), format!("{ratio:.2}")];
            let [hash, ring, over, ratio] =
                beside.map(|it| if subject.content.is_some() { it } else { String::new() });
            let (name, allocations) = (subject.name.to_owned(), allocations(&subject).to_string());
            lines.push(line(&[
                size.to_owned(),
                name,
                time(ours),
                hash,
                ring,
                over,
                ratio,
                allocations,
            ]));
        }
        let another = beside_another(&Subject::standard_webhooks(bytes)).median(|[_, it]| it);
        let name = "by the crate `standardwebhooks`".to_owned();
        lines.push(line(&[size.to_owned(), name, time(another)]));
    }
    section(
        "verifying",
        &[
            "body",
            "scheme",
            "verified in",
            "bare HMAC",
            "by ring",
            "over the bare HMAC",
            "ratio",
            "allocations",
        ],
        lines,
    );
}

/// Ours, the hash over the same bytes, and the same by `ring`.
pub(crate) fn beside_hash(subject: &Subject) -> Rounds<3> {
    let (mut hash, mut ring) = (subject.hash(), subject.hash_by_ring());
    Rounds::of([&mut || subject.verify(), &mut hash, &mut ring])
}

/// Ours beside the hash over the same bytes, and beside it who asks for nothing but the signature.
fn beside_hand(
    name: &'static str,
    layout: &str,
    most: f64,
    subject: &Subject,
    verify: fn(&Hmac<Sha256>, &Message) -> Option<()>,
) -> Vec<Goal> {
    let (mut hash, key, message) = (subject.hash(), by_hand::key(), &subject.message);
    let other = Message { headers: message.headers.clone(), body: b"another".to_vec() };
    assert_eq!(verify(&key, &other), None, "it does not look");
    let mut verify = || assert_eq!(black_box(verify(&key, black_box(message))), Some(()));
    let rounds = Rounds::of([&mut || subject.verify(), &mut hash, &mut verify]);
    vec![
        Goal {
            name,
            figure: format!("{layout} / HMAC over the same bytes, 1 KiB"),
            bound: Some(Bound::AtMost(most)),
            measured: rounds.middle(|[ours, hash, _]| ours / hash),
        },
        Goal {
            name: "",
            figure: "by hand, the signature alone / the same HMAC".to_owned(),
            bound: None,
            measured: rounds.middle(|[_, hash, by_hand]| by_hand / hash),
        },
    ]
}

/// Ours and another crate, over the same request. It reads the clock, so ours does.
fn beside_another(subject: &Subject) -> Rounds<2> {
    let key = BASE64_STANDARD.encode(SECRET);
    let another = standardwebhooks::Webhook::new(&key).expect("a key");
    let Message { headers, body } = &subject.message;
    Rounds::of([
        &mut || {
            let request = black_box(subject.message.request());
            assert!(subject.scheme.verify(&request, SystemTime::now()).is_ok());
        },
        &mut || assert!(another.verify(black_box(body), black_box(headers)).is_ok()),
    ])
}

fn allocations(subject: &Subject) -> u64 {
    allocation_counter::measure(|| subject.verify()).count_total
}

/// Whether `sha2` chooses its code when it runs. Built for a processor that has SHA instructions it does not, and
/// may be many times slower.
const TARGET: &str = if cfg!(target_feature = "sha") {
    "for a processor with SHA instructions"
} else {
    "for any processor"
};
const SIZES: [(&str, usize); 4] =
    [("256 B", 256), ("1 KiB", 1 << 10), ("16 KiB", 16 << 10), ("1 MiB", 1 << 20)];
