//! Reading events: the strict pass, the typed event, and a plain serde struct beside them.

use std::hint::black_box;
use std::marker::PhantomData;

use http::header::AUTHORIZATION;
use receiver_core::scheme::Bearer;
use receiver_core::{Delivery, Event, Receiver, cmmshere, json, monuv, rabbot, sintegre, voalle};
use serde::de::DeserializeOwned;

use crate::envelope::Envelope;
use crate::goal::{Bound, Goal};
use crate::message::Message;
use crate::plain;
use crate::report::{line, section, time};
use crate::rounds::Rounds;
use crate::subject::{NOW, SECRET, secret};

pub(crate) fn goals() -> Vec<Goal> {
    let known = sample("cmmshere/sol.created");
    let unknown = known.replace("sol.created", "zzz.created");
    let known = Subject::<cmmshere::Event, Envelope>::new(&known);
    let unknown = Subject::<cmmshere::Event, Envelope>::new(&unknown);
    let read = known.measure();
    let (of_known, of_unknown) = (known.delivery(), unknown.delivery());
    let beside = Rounds::of([
        &mut || check(&of_known),
        &mut || read_event::<cmmshere::Event>(&of_known),
        &mut || check(&of_unknown),
        &mut || read_event::<cmmshere::Event>(&of_unknown),
    ]);
    vec![
        Goal {
            name: "P1",
            figure: "typed event, without the strict pass / `from_str` into a plain struct"
                .to_owned(),
            bound: Some(Bound::AtMost(1.05)),
            measured: read.middle(|[check, read, plain, _]| (read - check) / plain),
        },
        Goal {
            name: "P2",
            figure: "event of an unknown kind / typed event, both without the strict pass"
                .to_owned(),
            bound: Some(Bound::AtMost(0.5)),
            measured: beside.middle(|[check, known, check_unknown, unknown]| {
                (unknown - check_unknown) / (known - check)
            }),
        },
        Goal {
            name: "P3",
            figure: "strict pass / `from_str` into a plain struct".to_owned(),
            bound: Some(Bound::AtMost(0.35)),
            measured: read.middle(|[check, _, plain, _]| check / plain),
        },
    ]
}

/// A sample of each sender.
pub(crate) fn table() {
    let lines = [
        row::<sintegre::ProductPublished, plain::Product>("sintegre/product_published.daily"),
        row::<cmmshere::Event, Envelope>("cmmshere/sol.created"),
        row::<monuv::Event, plain::Alert>("monuv/analytic"),
        row::<rabbot::Event, plain::Checklist>("rabbot/checklist"),
        row::<voalle::Event, plain::Title>("voalle/title_issued.created"),
    ];
    let head =
        ["sample", "bytes", "strict pass", "event, with it", "plain struct", "whole `receive`"];
    section("reading", &head, lines);
}

fn row<E: Event, P: DeserializeOwned>(path: &str) -> String {
    let subject = Subject::<E, P>::new(&sample(path));
    let figures = subject.measure();
    let [check, read, plain, receive] =
        [0, 1, 2, 3].map(|at| time(figures.median(|it| it.get(at).copied().unwrap_or(f64::NAN))));
    let bytes = subject.message.body.len().to_string();
    line(&[format!("`{path}`"), bytes, check, read, plain, receive])
}

/// A body, proven by a bearer token, which costs least.
struct Subject<E: Event, P> {
    receiver: Receiver<E>,
    message: Message,
    plain: PhantomData<P>,
}

impl<E: Event, P: DeserializeOwned> Subject<E, P> {
    fn new(body: &str) -> Self {
        let receiver = Receiver::new(Bearer::new(secret()).expect("a token"));
        let message = Message::new(body.as_bytes());
        let message = message.with(AUTHORIZATION, &format!("Bearer {SECRET}"));
        Self { receiver, message, plain: PhantomData }
    }

    fn delivery(&self) -> Delivery<'_> {
        self.receiver.verify(&self.message.request(), *NOW).expect("a right token")
    }

    /// The strict pass, the event with it, the plain struct, and the whole path.
    fn measure(&self) -> Rounds<4> {
        let delivery = self.delivery();
        Rounds::of([
            &mut || check(&delivery),
            &mut || read_event::<E>(&delivery),
            &mut || {
                let text = str::from_utf8(black_box(&self.message.body)).expect("text");
                assert!(black_box(serde_json::from_str::<P>(text)).is_ok());
            },
            &mut || {
                let received = self.receiver.receive(&black_box(self.message.request()), *NOW);
                let reply = received.map(|it| black_box(it).receipt.accepted());
                assert!(reply.is_ok());
            },
        ])
    }
}

fn check(delivery: &Delivery<'_>) {
    assert!(black_box(json::check(black_box(delivery).request().body())).is_ok());
}

fn read_event<E: Event>(delivery: &Delivery<'_>) {
    assert!(black_box(E::from_delivery(black_box(delivery), &E::Options::default())).is_ok());
}

/// As it is sent: without the indentation that is for people.
fn sample(path: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let body = std::fs::read_to_string(format!("{folder}/{path}.json")).expect("a sample");
    body.lines().map(str::trim_start).collect()
}
