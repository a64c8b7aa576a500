//! What a hostile mebibyte costs, in time and in memory, whatever sender's it claims to be; and that
//! nothing of it is told.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use peak_alloc::PeakAlloc;
use receiver_core::json::check;
use receiver_core::samples::{self, Sample};
use receiver_core::{
    Bytes, Event, Receiver, Request, Secret, cmmshere, monuv, rabbot, sintegre, standard_webhooks,
    voalle,
};
use receiver_tests::leak;
use receiver_tests::log::{self, Line, capture};
use receiver_tests::marked::{self, LINKED, TEXT};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Tests of one binary share the allocator, so they take turns.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn a_hostile_mebibyte_is_bounded_in_time_and_memory_for_every_sender() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut worst, mut bodies) = (Cost::default(), 0_usize);
    for sample in senders() {
        for (name, text) in hostile() {
            let member = format!("\"zz-hostile\":{text}");
            let inside = inside(sample, &member);
            for (place, body) in [("alone", text.into_bytes()), ("inside", inside)] {
                let (cost, status) = measure(sample.sender, &body, "application/json");
                assert!([200, 400, 422].contains(&status), "{}: {name}: {status}", sample.sender);
                println!("{:18} {name:22} {place:6} {status} {cost}", sample.sender);
                (worst, bodies) = (worst.max(cost), bodies.saturating_add(1));
            }
        }
        for (name, body) in forms() {
            let form = "application/x-www-form-urlencoded";
            let (cost, status) = measure(sample.sender, body.as_bytes(), form);
            assert!([200, 400, 415, 422].contains(&status), "{}: {name}: {status}", sample.sender);
            println!("{:18} {name:22} form   {status} {cost}", sample.sender);
            (worst, bodies) = (worst.max(cost), bodies.saturating_add(1));
        }
    }
    println!("the worst of {bodies} bodies: {worst} a mebibyte");
    assert!(worst.time < SLOWEST, "{worst}");
    assert!(worst.memory < LARGEST, "{worst}");
}

/// The controls: a reader that tells what it reads, or says nothing.
#[test]
fn a_reader_that_tells_is_found_out() {
    let answer = |body: &'static str| http::Response::new(Bytes::from(body));
    let ((), log) = capture(|| tracing::info!(target: "receiver", "delivery"));
    assert_eq!(complaint(&answer("well"), &log), None);
    assert!(complaint(&answer(TEXT), &log).is_some());
    assert!(complaint(&answer("well"), &[]).is_some());
    let ((), log) = capture(|| tracing::trace!(target: "receiver", text = LINKED, "delivery"));
    assert!(complaint(&answer("well"), &log).is_some());
}

/// The control: a reader that builds a tree of the whole text is beyond the bound.
#[test]
fn a_tree_of_it_all_is_found_out() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let text = format!("[{}]", vec!["{\"a\":[]}"; MEBIBYTE / 9].join(","));
    let cost = Cost::of(&mut || drop(serde_json::from_str::<serde_json::Value>(&text)));
    assert!(cost.memory > LARGEST, "{cost}");
}

#[test]
fn a_hundred_thousand_members_take_linear_time() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let object = |count: usize| {
        let members: Vec<_> = (0..count).map(|it| format!("\"\\u006bey{it:08}\":{it}")).collect();
        format!("{{{}}}", members.join(","))
    };
    let time = |text: &str| {
        let once = || Cost::of(&mut || assert!(check(text.as_bytes()).is_ok())).time;
        (0..5).map(|_| once()).min().expect("five times")
    };
    let (few, many) = (time(&object(10_000)), time(&object(100_000)));
    println!("10,000 members in {few:?}, 100,000 in {many:?}");
    assert!(many < few.saturating_mul(40), "{few:?}, then {many:?}");
}

/// One sample a sender, in JSON.
fn senders() -> Vec<&'static Sample> {
    let mut senders: Vec<_> = samples::all().filter(|it| it.body.starts_with(b"{")).collect();
    senders.dedup_by_key(|sample| sample.sender);
    assert_eq!(senders.len(), 6);
    senders
}

/// A mebibyte of each, less what a sample needs around it.
fn hostile() -> Vec<(&'static str, String)> {
    let list = |item: &str, end: &str| {
        let count = SIZE.div_euclid(item.len().saturating_add(1));
        format!("[{}{end}]", vec![item; count].join(","))
    };
    let members = |name: fn(usize) -> String, count| {
        let members: Vec<_> = (0..count).map(|it| format!("\"{}\":0", name(it))).collect();
        format!("{{{}}}", members.join(","))
    };
    vec![
        ("brackets", "[".repeat(SIZE)),
        ("braces", "{\"a\":".repeat(SIZE.div_euclid(5))),
        ("empty arrays", list("[]", "")),
        ("empty objects", list("{}", "")),
        ("small objects", list("{\"a\":0}", "")),
        ("deep to the limit", list(&format!("{}{}", "[".repeat(125), "]".repeat(125)), "")),
        ("digits", "7".repeat(SIZE)),
        ("a large exponent", format!("1e{}", "9".repeat(SIZE))),
        ("numbers", list("1e308", "")),
        ("a long text", format!("\"{}\"", "a".repeat(SIZE))),
        ("a text without end", format!("\"{}", "a".repeat(SIZE))),
        ("escapes", format!("\"{}\"", "\\u0000".repeat(SIZE.div_euclid(6)))),
        ("half surrogates", list("\"\\ud83d\\ude00\"", ",\"\\ud83d\"")),
        ("members", members(|it| format!("{it:06}"), 90_000)),
        ("members, escaped", members(|it| format!("\\u0061{it:05}"), 65_000)),
        ("a member repeated", members(|it| format!("{:06}", it.min(89_000)), 90_000)),
        ("a long name", format!("{{\"{}\":0}}", "n".repeat(SIZE))),
        ("white space", format!("[{}]", " \n".repeat(SIZE.div_euclid(2)))),
        ("commas", format!("[{}]", ",".repeat(SIZE))),
        ("quotes", "\"".repeat(SIZE)),
    ]
}

fn forms() -> Vec<(&'static str, String)> {
    vec![
        ("ampersands", "&".repeat(SIZE)),
        ("equals", "=".repeat(SIZE)),
        ("one-letter fields", "a=&".repeat(SIZE.div_euclid(3))),
        ("brackets in names", "a[b][c]=1&".repeat(SIZE.div_euclid(10))),
        ("percents", "%".repeat(SIZE)),
        ("escapes", "%00".repeat(SIZE.div_euclid(3))),
        ("one long field", format!("event_id={}", "a".repeat(SIZE))),
    ]
}

/// The sample with a marker in every text, and this member before all others.
fn inside(sample: &Sample, member: &str) -> Vec<u8> {
    let body = marked::body(sample, |_| true);
    let rest = body.strip_prefix(b"{").expect("an object");
    [b"{", member.as_bytes(), b",", rest].concat()
}

/// What it costs to receive a proven body, and the answer.
fn measure(sender: &str, body: &[u8], media: &str) -> (Cost, u16) {
    let signed = standard_webhooks_headers(body);
    // SINtegre's is bare.
    let before = if sender == "sintegre" { "" } else { "Bearer " };
    let token = format!("{before}{SECRET}");
    let mut headers = vec![("authorization", &*token), ("content-type", media)];
    headers.extend(signed.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let request = Request::new("POST", "/hooks?event=a", &headers).with_body(body);
    let key = || Secret::new(SECRET).expect("a secret");
    let mut answer = None;
    let work = &mut || {
        answer = Some(match sender {
            "cmmshere" => receive(&cmmshere::token(key()).expect("a token"), &request),
            "monuv" => receive(&monuv::token(key()).expect("a token"), &request),
            "rabbot" => receive(&rabbot::token::<()>(key()).expect("a token"), &request),
            "sintegre" => receive(&sintegre::token(key()).expect("a token"), &request),
            "standard_webhooks" => receive(&standard_webhooks::receiver(key()), &request),
            "voalle" => receive(&voalle::token(key()).expect("a token"), &request),
            _ => panic!("{sender} has no endpoint here"),
        });
    };
    let (cost, log) = capture(|| Cost::of(work));
    let answer = answer.expect("an answer");
    assert_eq!(complaint(&answer, &log), None, "{sender}");
    (cost, answer.status().as_u16())
}

/// What is wrong with what was told of it, if anything is.
fn complaint(answer: &http::Response<Bytes>, log: &[Line]) -> Option<String> {
    let told = format!("{answer:?} {log:?}");
    let leaks = leak::find(&told, &[SECRET, TEXT, LINKED].map(str::as_bytes));
    if leaks.is_empty() { log::complaint(log) } else { Some(format!("{leaks:?} in {told}")) }
}

/// The whole path, with the answer and what a handler asks for.
fn receive<E: Event>(receiver: &Receiver<E>, request: &Request<'_>) -> http::Response<Bytes> {
    match receiver.receive(request, now()) {
        Ok(event) => {
            let _ = (event.kind().len(), event.key());
            event.receipt.accepted().into_http(now())
        }
        Err(rejection) => rejection.into_http(now()),
    }
}

fn standard_webhooks_headers(body: &[u8]) -> Vec<(http::HeaderName, String)> {
    let key = Secret::new(SECRET).expect("a secret");
    receiver_core::scheme::Signature::standard_webhooks(key).sign("msg_1", now(), body)
}

fn now() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(1_767_225_600)).expect("a time")
}

/// Time, and bytes that were in use at once beyond those before.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    time: Duration,
    memory: usize,
}

impl Cost {
    fn of(work: &mut dyn FnMut()) -> Self {
        MEMORY.reset_peak_usage();
        let (before, start) = (MEMORY.current_usage(), Instant::now());
        work();
        let time = start.elapsed();
        Self { time, memory: MEMORY.peak_usage().saturating_sub(before) }
    }

    fn max(self, other: Self) -> Self {
        Self { time: self.time.max(other.time), memory: self.memory.max(other.memory) }
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kibibytes = self.memory.div_ceil(1024);
        write!(f, "{:7.2} ms {kibibytes:6} KiB", self.time.as_secs_f64() * 1000.0)
    }
}

const SECRET: &str = "correct-horse-6b1f";

const MEBIBYTE: usize = 1024 * 1024;

/// A sample comes to it.
const SIZE: usize = MEBIBYTE - 16 * 1024;

/// For a build without optimisation on a machine that does much else.
const SLOWEST: Duration = Duration::from_secs(20);

/// What is kept of a body, and what is read of it.
const LARGEST: usize = 32 * MEBIBYTE;
