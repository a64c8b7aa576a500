//! All checks, of the three examples and of the controls of each.

use futures_util::future::join_all;
use receiver_tests::server::{EXAMPLES, Server, binaries};

use crate::control::Fault;
use crate::newcomer::Crowd;
use crate::report::{Report, Row};
use crate::scale::Scale;
use crate::slow::{KINDS, Kind};
use crate::{files, newcomer, overload, silence, slow, wrong};

/// A server with a fault, and how the complaints begin that must be made of it.
type Control = (Fault, &'static str);

/// Plays everything to everybody, or one check.
pub(crate) async fn play(scale: &Scale, only: Option<&str>) -> Report {
    let mut report = Report::default();
    let is_wanted = |check: &str| only.is_none_or(|only| only == check);
    if is_wanted("slow") && scale.is_thorough {
        slow_alone(scale, &mut report).await;
    } else if is_wanted("slow") {
        slow_beside(scale, &mut report).await;
    }
    if is_wanted("silence") {
        let kinds = if scale.is_thorough { &KINDS } else { sooner() };
        let examples = EXAMPLES.map(async |name| {
            silence::check(name, |files| example(name, files, "trace"), kinds).await
        });
        let controls = SILENCE.map(async |(fault, must)| {
            silence::check("", |files| control(fault, files), kinds).await.must(fault, must)
        });
        let (examples, controls) = tokio::join!(join_all(examples), join_all(controls));
        report.add(examples.into_iter().chain(controls));
    }
    if is_wanted("newcomer") {
        for (crowd, faults) in [(Crowd::Stranger, &NEWCOMER[..]), (Crowd::Known, &KNOWN)] {
            let examples = EXAMPLES.map(async |name| {
                newcomer::check(name, &example(name, FILES, "warn"), crowd).await
            });
            let control = controls(faults, FILES, async |it| newcomer::check("", it, crowd).await);
            let (examples, control) = tokio::join!(join_all(examples), control);
            report.add(examples.into_iter().chain(control));
        }
    }
    for name in EXAMPLES {
        let server = example(name, FILES, "warn");
        if is_wanted("rate") {
            report.add([overload::rate(name, &server, scale.overload).await]);
        }
        if is_wanted("places") {
            report.add([overload::places(name, &server, scale.places).await]);
        }
        if is_wanted("wrong") {
            report.add([wrong::one_address(name, &server, scale.wrong).await]);
            report.add([wrong::many_addresses(name, &server, scale.addresses).await]);
        }
    }
    report.add(load_controls(is_wanted).await);
    report
}

/// The controls of what is offered to one server after the other, side by side, but for what leaves others no time.
async fn load_controls(is_wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = Row> {
    let few = &Scale::SHORT;
    let rate = async |it: &Server| overload::rate("", it, few.overload).await;
    let places = async |it: &Server| overload::places("", it, few.places).await;
    let one = async |it: &Server| wrong::one_address("", it, few.wrong).await;
    let many = async |it: &Server| wrong::many_addresses("", it, few.addresses).await;
    let of = |check, all: &'static [Control]| if is_wanted(check) { all } else { &[] };
    let (rate, places) = tokio::join!(
        controls(of("rate", &RATE), FILES, rate),
        controls(of("places", &PLACES), FILES, places),
    );
    let (one, many) = tokio::join!(
        controls(of("wrong", &ONE_ADDRESS), FILES, one),
        controls(of("wrong", &MANY_ADDRESSES), FILES, many),
    );
    [rate, places, one, many].into_iter().flatten()
}

/// One kind after the other, and nothing beside it.
async fn slow_alone(scale: &Scale, report: &mut Report) {
    for name in EXAMPLES {
        for kind in KINDS {
            let start = || example(name, FILES, "warn");
            // Half a gibibyte at once is a load of its own.
            let is_alone = kind.spaces == 0;
            report.add([slow::check_surely(name, start, kind, scale.slow, is_alone).await]);
        }
        report.add([files::check(name, &example(name, FEW, "warn"), scale.flood).await]);
    }
    report.add(slow_controls(&KINDS, true).await);
    for (fault, must) in ALONE {
        let start = || control(fault, FILES);
        let row = slow::check_surely("", start, KINDS[0], Scale::SHORT.slow, true).await;
        report.add([row.must(fault, must)]);
    }
    for limited in LIMITED {
        let files = async |it: &Server| files::check("", it, scale.flood).await;
        report.add(controls(&[limited], FEW, files).await);
    }
}

/// All at once that can be.
async fn slow_beside(scale: &Scale, report: &mut Report) {
    let kinds = sooner();
    let slow = EXAMPLES.map(|name| async move {
        slow::check(name, &example(name, FILES, "warn"), kinds, scale.slow, false).await
    });
    let files = EXAMPLES.map(|name| async move {
        files::check(name, &example(name, FEW, "warn"), scale.flood).await
    });
    let (slow, controlled, files, limited) = tokio::join!(
        join_all(slow),
        slow_controls(kinds, false),
        join_all(files),
        controls(&LIMITED, FEW, async |it| files::check("", it, scale.flood).await),
    );
    report.add([slow, controlled, files, limited].into_iter().flatten());
}

/// The controls that can be played side by side.
async fn slow_controls(kinds: &[Kind], is_alone: bool) -> Vec<Row> {
    let (mut waiting, silent) = tokio::join!(
        controls(&WAITING, FILES, async |it| few_slow(it, kinds, is_alone).await),
        controls(&SILENT, FILES, async |it| few_slow(it, &kinds[..1], is_alone).await),
    );
    waiting.extend(silent);
    waiting
}

/// The kinds that can be played beside others, and do not last half a minute.
fn sooner() -> &'static [Kind] {
    let count = KINDS.iter().take_while(|kind| kind.deadline < 30 && kind.spaces == 0).count();
    &KINDS[..count]
}

async fn few_slow(server: &Server, kinds: &[Kind], is_alone: bool) -> Row {
    slow::check("", server, kinds, Scale::SHORT.slow, is_alone).await
}

/// Plays a check to servers with a fault each, side by side.
async fn controls(
    controls: &[Control],
    files: usize,
    check: impl AsyncFn(&Server) -> Row,
) -> Vec<Row> {
    let rows = controls
        .iter()
        .map(async |(fault, must)| check(&control(*fault, files)).await.must(*fault, must));
    join_all(rows).await
}

fn control(fault: Fault, files: usize) -> Server {
    let here = std::env::current_exe().expect("this program");
    Server::start_command(&here, &["--control", &fault.name()], files, "warn")
}

fn example(name: &str, files: usize, level: &str) -> Server {
    Server::start_command(&binaries()[name], &[], files, level)
}

/// Of slow clients: when they are closed, of each kind, and what they are told.
const WAITING: [Control; 3] = [
    (Fault::Endless, "closed late"),
    (Fault::Hasty, "closed early"),
    (Fault::Echoing, "it tells a marker"),
];
/// What else must be so beside them.
const SILENT: [Control; 3] = [
    (Fault::Sulking, "it does not recover"),
    (Fault::Breaking, "good deliveries failed"),
    (Fault::Hoarding, "it grows by more than it may"),
];
/// And what is judged only where nothing else runs beside.
const ALONE: [Control; 2] =
    [(Fault::Sluggish, slow::SLOWER), (Fault::Restless, "it is busy with them")];
const LIMITED: [Control; 2] =
    [(Fault::Deaf, "it does not accept any more"), (Fault::Spinning, "it spins")];
const NEWCOMER: [Control; 2] =
    [(Fault::Crowded, "the newcomer is not served"), (Fault::Echoing, "it tells a marker")];
const KNOWN: [Control; 3] = [
    (Fault::Crowded, "the newcomer is not served"),
    (Fault::Crowded, "a sender has few places"),
    (Fault::Echoing, "it tells a marker"),
];
const RATE: [Control; 6] = [
    (Fault::Echoing, "it tells a marker"),
    (Fault::Shut, "less than four and a half times was offered"),
    (Fault::Breaking, "neither an answer nor a refusal"),
    (Fault::Curt, "no Retry-After"),
    (Fault::Forgetful, "without an answer"),
    (Fault::Sulking, "it does not recover"),
];
const PLACES: [Control; 6] = [
    (Fault::Echoing, "it tells a marker"),
    (Fault::Roomy, "nobody is refused"),
    (Fault::Breaking, "neither an answer nor a refusal"),
    (Fault::Curt, "no Retry-After"),
    (Fault::Forgetful, "without an answer"),
    (Fault::Sulking, "it does not recover"),
];
const ONE_ADDRESS: [Control; 6] = [
    (Fault::Echoing, "it tells a marker"),
    (Fault::Drowsy, "less than 900 a second were answered"),
    (Fault::Credulous, "it lets them in"),
    (Fault::Uncounted, "it looks at too many"),
    (Fault::Curt, "no Retry-After"),
    (Fault::Resentful, "good deliveries failed"),
];
const MANY_ADDRESSES: [Control; 4] = [
    (Fault::Echoing, "it tells a marker"),
    (Fault::Credulous, "not each is refused"),
    (Fault::Hoarding, "it grows by over 16 MiB"),
    (Fault::Resentful, "good deliveries failed"),
];

const SILENCE: [Control; 3] = [
    (Fault::Talkative, "it tells a marker"),
    (Fault::Garbling, "what it logs is no line"),
    (Fault::Roomy, "it holds its tongue"),
];

/// File descriptors for a server that is to have enough.
pub(crate) const FILES: usize = 16_000;
/// And for one that is not.
pub(crate) const FEW: usize = 256;
