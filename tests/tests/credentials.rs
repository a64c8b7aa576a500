//! Wrong credentials, by class and by accident, at every door: none gets in, and all are told the same.
//!
//! One in `RECEIVER_ONE_IN` of the classes is tried. `RECEIVER_FORGERIES` says how many accidents there are,
//! `RECEIVER_SEED` which ones. `tests/security` asks for more of both than a test should.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::SystemTime;

use receiver_core::scheme::{AuthError, Bearer, Proof, Scheme};
use receiver_core::testing::{Credential, Outgoing};
use receiver_core::{Key, KeyId, Request, Secret};
use receiver_tests::forger::{
    Door, Knows, Tally, bare, catalog, mutate, setting, table, try_classes,
};
use receiver_tests::stage;

#[test]
fn every_right_form_is_let_in() {
    for (stage, doors) in all_doors() {
        for door in doors {
            for right in &door.rights {
                let answer = (door.play)(right);
                assert_eq!(answer.status, 200, "{} ({stage}): {right:?}", door.name);
                assert!(door.knows.holds(right, right), "{}: {right:?}", door.name);
            }
        }
    }
}

#[test]
fn no_class_of_wrong_credential_is_let_in() {
    let one_in = setting("RECEIVER_ONE_IN", 16);
    let mut tally = Tally::default();
    for (stage, doors) in all_doors() {
        let (count, one_in) = (doors.len(), if stage == CORE { one_in } else { 4 * one_in });
        let here = doors.into_iter().map(|door| try_classes(&door.reduced(), one_in));
        let here = here.fold(Tally::default(), Tally::and);
        println!("{stage}: {} wrong credentials at {count} doors", here.wrong);
        here.assert_clean();
        tally = tally.and(here);
    }
    println!("wrong credentials: {}; still right: {}", tally.wrong, tally.still_right);
    assert!(tally.wrong >= 5_000, "{}", tally.wrong);
}

#[test]
fn no_accident_is_let_in() {
    let count: usize = setting("RECEIVER_FORGERIES", 20_000);
    let seed = setting("RECEIVER_SEED", 6);
    let mut tally = Tally::default();
    for (stage, doors) in all_doors() {
        // Seven of ten meet the core alone, which judges them; the frameworks pass them on.
        let share = if stage == CORE { count * 7 / 10 } else { count / 10 };
        let each = share.div_ceil(doors.len());
        let doors = doors.into_iter().map(Door::reduced);
        let here = doors.map(|door| mutate(&door, each, seed)).fold(Tally::default(), Tally::and);
        println!("{stage}: {} mutated credentials", here.wrong);
        here.assert_clean();
        tally = tally.and(here);
    }
    println!(
        "mutated credentials: {}, seed {seed}; still right: {}",
        tally.wrong, tally.still_right
    );
    assert!(tally.wrong >= count, "{}", tally.wrong);
}

/// The controls: schemes with the mistakes that others made are found out by the same attack.
#[test]
fn a_broken_scheme_is_found_out() {
    let broken: [(&str, Judge); 4] = [
        ("compares up to the shorter length", |it| TOKEN.starts_with(it) || it.starts_with(TOKEN)),
        ("compares without case", |it| it.eq_ignore_ascii_case(TOKEN)),
        ("looks for the token anywhere", |it| it.windows(TOKEN.len()).any(|part| part == TOKEN)),
        ("lets in what is empty", |it| it.is_empty() || it == TOKEN),
    ];
    for (mistake, judge) in broken {
        let door = door(Broken(judge));
        assert!(!try_classes(&door, 1).accepted.is_empty(), "{mistake}");
        if mistake != "lets in what is empty" {
            assert!(!mutate(&door, 2_000, 6).accepted.is_empty(), "{mistake}");
        }
    }
    let sound = door(Bearer::new(key()).expect("a token"));
    try_classes(&sound, 1).and(mutate(&sound, 2_000, 6)).assert_clean();
}

/// One whose refusals can be told apart is found out too.
#[test]
fn a_talkative_refusal_is_found_out() {
    let mut door = door(Bearer::new(key()).expect("a token"));
    let play = std::rc::Rc::clone(&door.play);
    door.play = std::rc::Rc::new(move |letter| {
        let mut answer = play(letter);
        if letter.values("authorization").len() > 1 {
            answer.body = "twice".into();
        }
        answer
    });
    assert!(!try_classes(&door, 1).odd.is_empty());
}

fn all_doors() -> Vec<(&'static str, Vec<Door>)> {
    let stages = stage::all().into_iter();
    let stages = stages.map(|(name, stage)| (name, table(stage, name != CORE)));
    let mut doors: Vec<_> = stages.collect();
    let bare = doors.iter_mut().find(|(name, _)| *name == CORE).expect("the core");
    bare.1.extend(catalog());
    doors
}

fn door(scheme: impl Scheme + 'static) -> Door {
    let right = Outgoing::json("/hooks", "{}").with_credential(Credential::bearer(secret()));
    let right = right.request(SystemTime::UNIX_EPOCH).expect("a request");
    bare("bearer", scheme, Knows::Word("bearer", &["correct-horse-6b1f"]), &right)
}

/// A bearer token that is judged by a function.
#[derive(Debug)]
struct Broken(Judge);

type Judge = fn(&[u8]) -> bool;

impl Scheme for Broken {
    fn verify(&self, request: &Request<'_>, _: SystemTime) -> Result<Proof, AuthError> {
        let value = request.headers().one(&http::header::AUTHORIZATION)?;
        let word =
            value.split_at_checked(7).filter(|(word, _)| word.eq_ignore_ascii_case(b"bearer "));
        let (_, token) = word.ok_or(AuthError::Malformed)?;
        if (self.0)(token.trim_ascii()) {
            return Ok(Proof::new("broken", KeyId::new("1")));
        }
        Err(AuthError::Mismatch)
    }

    fn challenge(&self) -> std::borrow::Cow<'static, str> {
        "Bearer realm=\"webhook\"".into()
    }
}

fn key() -> Key {
    Key::new(secret()).with_id("1")
}

fn secret() -> Secret {
    Secret::new(TOKEN).expect("a secret")
}

const CORE: &str = "the bare core";
const TOKEN: &[u8] = b"correct-horse-6b1f";
