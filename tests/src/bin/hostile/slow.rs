//! Clients that are slow on purpose, beside good traffic.

use std::time::Duration;

use futures_util::future::join_all;
use receiver_tests::server::Server;
use tokio::time::{Instant, sleep};

use crate::load::{RECOVERY, deliver, recovery};
use crate::process::{memory, processor};
use crate::report::Row;
use crate::verdict::Verdict;
use crate::wire::{BAD, Counter, DELIVERY, ask, connect};

use client::stay;
pub(crate) use kind::{BODY, KINDS, Kind};

mod client;
mod kind;

/// Plays [`check`] to a server, and once more to a new one if the time of good deliveries was all that was
/// wrong: what a machine does besides does not come at the same moment twice, and a server that is slow is so
/// again.
pub(crate) async fn check_surely(
    name: &str,
    start: impl Fn() -> Server,
    kind: Kind,
    count: usize,
    is_alone: bool,
) -> Row {
    let first = check(name, &start(), &[kind], count, is_alone).await;
    if first.is_wrong_only_in(SLOWER) {
        check(name, &start(), &[kind], count, is_alone).await.after(&first)
    } else {
        first
    }
}

/// So many connections of each of these kinds at once.
///
/// What good deliveries and the server's processor do is judged only where nothing else runs beside.
pub(crate) async fn check(
    name: &str,
    server: &Server,
    kinds: &[Kind],
    count: usize,
    is_alone: bool,
) -> Row {
    let to = server.address();
    let longest = Duration::from_secs(kinds.iter().map(|kind| kind.deadline).max().unwrap_or(0));
    // Strangers are let in by the dozen only: whoever is to be waited for has delivered something.
    let known = async { ask(&mut connect(BAD, to).await?, DELIVERY).await };
    let is_known = known.await.is_ok_and(|told| told.of(200) == 1);
    recovery(to).await;
    let start = used(server);
    let normal = deliver(to, NORMAL).await;
    let (before, usual_share) = (memory(server), share(server, start));
    let clients = kinds.iter().flat_map(|kind| {
        let clients = (0..kind.most.min(count)).map(move |_| stay(*kind, to));
        clients.map(move |client| async move { (kind, client.await) })
    });
    let (stays, good, (most, share)) =
        tokio::join!(join_all(clients), deliver(to, longest), async {
            sleep(longest / 2).await;
            let (most, start) = (memory(server), used(server));
            // Before those leave who are closed.
            sleep((longest / 2).saturating_sub(Duration::from_secs(2))).await;
            (most.max(memory(server)), share(server, start))
        });

    let again = recovery(to).await;
    // What else the machine does falls on both sides.
    let normal = normal.and(deliver(to, NORMAL).await);

    let mut verdict = Verdict::default();
    for kind in kinds {
        let its = stays.iter().filter(|(of, _)| of.name == kind.name);
        kind.hold(&its.map(|(_, stay)| stay.gone).collect::<Vec<_>>(), &mut verdict);
    }
    let mut told = Counter::default();
    for (_, stay) in &stays {
        told.add(&stay.told);
    }
    told.hold_secrets(&mut verdict);
    let (usual, then) = (millis(normal.p99()), millis(good.p99()));
    let ratio = then / usual.max(f64::EPSILON);
    if is_alone {
        let is_right = ratio <= 2.0 || then <= NOISE;
        verdict.hold(is_right, SLOWER, format!("{ratio:.1}"));
        let is_right = share < usual_share + 0.5;
        let seen = format!("{:.0} % of a processor", share * 100.0);
        verdict.hold(is_right, "it is busy with them", seen);
    }
    let seen = format!("{:.1} s", again.as_secs_f64());
    verdict.hold(again <= RECOVERY, "it does not recover", seen);
    let failed = normal.failed + good.failed + usize::from(!is_known);
    verdict.hold(failed == 0, "good deliveries failed", failed);
    let growth = most - before;
    // A body that comes in pieces is in a buffer that grows by doubling.
    let large = stays.iter().filter(|(kind, _)| kind.spaces > 0).count();
    let allowed = 64 + 2 * large;
    let is_right = growth <= f64::from(u32::try_from(allowed).unwrap_or(0));
    let seen = format!("{growth:.0} of {allowed} MiB");
    verdict.hold(is_right, "it grows by more than it may", seen);

    let gone: Vec<_> = stays.iter().filter_map(|(_, stay)| stay.gone).collect();
    let closed = match (gone.iter().copied().reduce(f64::min), gone.into_iter().reduce(f64::max)) {
        (Some(first), Some(last)) => {
            format!("closed {first:+.1} to {last:+.1} s from the deadline")
        }
        _ => "none closed".to_owned(),
    };
    let figures = format!(
        "{} connections, {} left, {closed}; good p99 {then:.1} ms, {ratio:.1} times the {usual:.1} ms without them; {:.0} % of a processor, before {:.0} %; {growth:+.1} MiB",
        stays.len(),
        stays.iter().filter(|(_, stay)| stay.gone.is_none()).count(),
        share * 100.0,
        usual_share * 100.0,
    );
    let played = match kinds {
        [kind] => kind.name.to_owned(),
        _ => format!("{} slow kinds at once", kinds.len()),
    };
    Row::new("slow", name, figures, verdict).played(played)
}

fn used(server: &Server) -> (Instant, f64) {
    (Instant::now(), processor(server))
}

/// How much of a processor was used since.
fn share(server: &Server, (start, used): (Instant, f64)) -> f64 {
    (processor(server) - used) / start.elapsed().as_secs_f64()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// What a busy machine can be the cause of.
pub(crate) const SLOWER: &str = "good deliveries take over twice as long";
/// Good deliveries are watched for so long before slow clients come, and when they are gone.
const NORMAL: Duration = Duration::from_secs(5);
/// Below it, twice as long tells of the machine and not of the server, in milliseconds.
const NOISE: f64 = 5.0;
