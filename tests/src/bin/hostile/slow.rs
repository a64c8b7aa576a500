//! Clients that are slow on purpose.

use std::net::SocketAddr;
use std::time::Duration;

use receiver_tests::server::Server;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, sleep};

use crate::load::deliver;
use crate::process::memory;
use crate::report::Row;
use crate::wire::{BAD, DELIVERY, ask, connect};

/// A way to be slow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    name: &'static str,
    /// What is sent at once.
    first: &'static [u8],
    /// What is sent each second.
    then: &'static [u8],
    /// After so many seconds the server must have closed.
    deadline: u64,
}

/// All of them, those that wait longest last.
pub(crate) const KINDS: [Kind; 7] = [
    Kind { name: "silent", first: b"", then: b"", deadline: 10 },
    Kind { name: "half a head", first: HEAD, then: b"", deadline: 10 },
    Kind { name: "a head, a byte a second", first: HEAD, then: b"x", deadline: 10 },
    Kind { name: "half a body", first: BODY, then: b"", deadline: 15 },
    Kind { name: "a body, a byte a second", first: BODY, then: b" ", deadline: 15 },
    Kind { name: "unfinished chunks", first: CHUNKS, then: b"1\r\n \r\n", deadline: 15 },
    Kind { name: "idle after an answer", first: DELIVERY, then: b"", deadline: 30 },
];

const HEAD: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nX: ";
const BODY: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\"";
const CHUNKS: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";

/// So many connections of each of these kinds at once, beside good traffic.
///
/// How long good deliveries take is judged only where nothing else runs beside them.
pub(crate) async fn check(
    name: &str,
    server: &Server,
    kinds: &[Kind],
    count: usize,
    is_alone: bool,
) -> Row {
    let to = server.address();
    let longest = kinds.iter().map(|kind| kind.deadline).max().unwrap_or(0);
    let normal = deliver(to, Duration::from_secs(3)).await;
    let before = memory(server);
    let clients = kinds.iter().flat_map(|kind| {
        (0..count).map(move |_| async move { (kind.name, stay(*kind, to).await) })
    });
    let (stays, good, most) = tokio::join!(
        futures_util::future::join_all(clients),
        deliver(to, Duration::from_secs(longest)),
        async {
            sleep(Duration::from_secs(longest / 2)).await;
            memory(server)
        }
    );

    let mut wrong = Vec::new();
    let open = stays.iter().filter(|(_, late)| late.is_none()).count();
    let late = stays.iter().filter_map(|(_, late)| *late).max().unwrap_or_default();
    for kind in kinds {
        let its = stays.iter().filter(|(name, _)| *name == kind.name);
        let late = its.filter(|(_, late)| late.is_none_or(|late| late > SPARE)).count();
        if late > 0 {
            wrong.push(format!("{late} of {count} late: {}", kind.name));
        }
    }
    let (usual, then) = (normal.p99(), good.p99());
    if is_alone && then > (usual * 2).max(NOISE) {
        wrong.push("good p99 is over twice as long".to_owned());
    }
    if good.failed > 0 {
        wrong.push(format!("{} good deliveries failed", good.failed));
    }
    let growth = most - before;
    if growth > 64.0 {
        wrong.push("over 64 MiB".to_owned());
    }
    let figures = format!(
        "{} connections, {open} left, the last closed {:.1} s after its deadline; good p99 {:.1} ms, before {:.1} ms; {growth:+.1} MiB",
        stays.len(),
        secs(late),
        secs(then) * 1e3,
        secs(usual) * 1e3,
    );
    let check = match kinds {
        [kind] => kind.name.to_owned(),
        _ => format!("{} slow kinds at once", kinds.len()),
    };
    Row { check, server: name.to_owned(), figures, wrong }
}

/// How long after its deadline the server closed; nothing if it did not. A refusal at the door is a
/// close too.
async fn stay(kind: Kind, to: SocketAddr) -> Option<Duration> {
    let mut stream = connect(BAD, to).await.ok()?;
    if kind.first == DELIVERY {
        // Nobody is idle who was not served.
        ask(&mut stream, DELIVERY).await.ok()?;
    } else {
        stream.write_all(kind.first).await.ok()?;
    }
    let deadline = Instant::now() + Duration::from_secs(kind.deadline);
    let mut bytes = [0; 1024];
    loop {
        tokio::select! {
            read = stream.read(&mut bytes) => match read {
                Ok(count) if count > 0 => {}
                _ => return Some(deadline.elapsed()),
            },
            () = sleep(Duration::from_secs(1)) => {
                let _ = stream.write_all(kind.then).await;
            }
        }
        if deadline.elapsed() > PATIENCE {
            return None;
        }
    }
}

fn secs(time: Duration) -> f64 {
    time.as_secs_f64()
}

/// What a deadline may be late.
const SPARE: Duration = Duration::from_secs(1);
/// After so long we do not wait for a close any more.
const PATIENCE: Duration = Duration::from_secs(5);
/// Below it, twice as long tells of the machine and not of the server.
const NOISE: Duration = Duration::from_millis(5);
