//! What is logged at TRACE while slow, many and too many clients are there.

use receiver_tests::battery::MARKERS;
use receiver_tests::leak;
use receiver_tests::printed::Printed;
use receiver_tests::server::{Ended, Server};
use tokio::task::spawn_blocking;

use crate::newcomer::Crowd;
use crate::play::{FEW, FILES};
use crate::report::Row;
use crate::scale::Scale;
use crate::slow::{self, Kind};
use crate::verdict::Verdict;
use crate::{files, newcomer, overload, wrong};

/// Plays all other checks to a server that says all it can, as [`Scale::SHORT`] has them. What they find has rows of
/// its own: what is looked at here is what was said meanwhile.
pub(crate) async fn check(name: &str, start: impl Fn(usize) -> Server, kinds: &[Kind]) -> Row {
    let few = Scale::SHORT;
    // A new one for each, so that nobody is known who must not be.
    let (slow, load) = (start(FILES), start(FILES));
    let (strangers, known) = (start(FILES), start(FILES));
    let (one, many, limited) = (start(FILES), start(FILES), start(FEW));
    slow::check(name, &slow, kinds, few.slow, false).await;
    newcomer::check(name, &strangers, Crowd::Stranger).await;
    newcomer::check(name, &known, Crowd::Known).await;
    overload::rate(name, &load, few.overload).await;
    overload::places(name, &load, few.places).await;
    wrong::one_address(name, &one, few.wrong).await;
    wrong::many_addresses(name, &many, few.addresses).await;
    files::check(name, &limited, few.flood).await;

    let (mut log, mut output) = (String::new(), String::new());
    for server in [slow, load, strangers, known, one, many, limited] {
        let ended = end(server).await;
        log.push_str(&ended.log);
        output.push_str(&ended.output);
    }
    let read = Printed::read(&log);
    output.push_str(&log);
    let told = leak::find(&output, &MARKERS.map(str::as_bytes));
    let mut verdict = Verdict::default();
    verdict.hold(told.is_empty(), "it tells a marker", told.join(", "));
    verdict.hold(read.wrong.is_empty(), "what it logs is no line", read.wrong.len());
    // Some were turned away before they were looked at.
    let at_the_door = log
        .lines()
        .filter(|line| line.contains("\"auth_rate_limited\"") && !line.contains("\"instead_of\""));
    let at_the_door = at_the_door.count();
    let is_heard = read.deliveries >= 1_000 && at_the_door >= 100;
    let seen = format!("{} and {at_the_door}", read.deliveries);
    verdict.hold(is_heard, "it holds its tongue", seen);
    let figures = format!(
        "{} lines, {} of deliveries, {at_the_door} of callers turned away; {} markers, {} that are no line",
        read.lines,
        read.deliveries,
        told.len(),
        read.wrong.len(),
    );
    Row::new("all of these at TRACE", name, figures, verdict)
}

/// Ends it as the system would, and waits for the rest of its log.
async fn end(server: Server) -> Ended {
    server.terminate();
    spawn_blocking(|| server.wait()).await.expect("it ends")
}
