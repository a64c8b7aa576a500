//! Every row of the table gets the same answer from the bare core, axum, actix-web and warp.

use std::collections::BTreeSet;

use receiver_tests::case::{Answers, load, topics};
use receiver_tests::{log, stage};

#[track_caller]
fn check(topic: &str) {
    let answers = Answers::load();
    let stages = stage::all();
    let mut wrong = Vec::new();
    for case in load(topic) {
        for (stage, play) in &stages {
            let (answer, log) = log::capture(|| play(&case));
            let complaint = case.judge(&answer, &answers).or_else(|| case.judge_log(&log));
            wrong
                .extend(complaint.map(|complaint| format!("{} ({stage})\n{complaint}", case.name)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong in {topic}:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// A test a topic, and a test that none is forgotten.
macro_rules! replay {
    ($($topic:ident),* $(,)?) => {
        $(#[test]
        fn $topic() {
            check(stringify!($topic));
        })*

        #[test]
        fn every_topic_is_replayed_and_every_case_has_its_own_name() {
            assert_eq!(topics(), [$(stringify!($topic)),*]);
            let mut names = BTreeSet::new();
            for case in topics().iter().flat_map(|topic| load(topic)) {
                assert!(names.insert(case.name.clone()), "two cases are called {:?}", case.name);
            }
            assert!(names.len() >= 150, "{} cases", names.len());
        }
    };
}

replay![
    any_all,
    basic,
    bearer,
    cmmshere,
    header_pair,
    http,
    json,
    monuv,
    own,
    rabbot,
    replies,
    signature,
    sintegre,
    standard_webhooks,
    token,
    voalle,
];
