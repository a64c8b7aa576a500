//! More connections than a server has file descriptors for.

use std::net::Ipv4Addr;
use std::time::Duration;

use futures_util::future::join_all;
use receiver_tests::server::Server;
use tokio::io::AsyncReadExt as _;
use tokio::time::{Instant, sleep, timeout_at};

use crate::load::{RECOVERY, recovery};
use crate::process::processor;
use crate::report::Row;
use crate::verdict::Verdict;
use crate::wire::{BAD, connect};

/// Silent connections, held for longer than a head may take.
pub(crate) async fn check(name: &str, server: &Server, count: usize) -> Row {
    let to = server.address();
    // It works before: else nothing would be shown.
    let before = recovery(to).await;
    // From several addresses, because of one the system finds free ports ever more slowly.
    let addresses = (0..64).cycle().take(count).map(|it| Ipv4Addr::from_bits(BAD.to_bits() + it));
    let flood = addresses.map(|from| connect(from, to));
    let flood = join_all(flood).await;
    let made = flood.iter().flatten().count();
    assert!(made > crate::play::FEW, "{made} connections of {count}: this machine lets no more");
    let end = Instant::now() + HOLD;
    let clients = flood.into_iter().map(|stream| async move {
        let Ok(mut stream) = stream else { return false };
        let closed = timeout_at(end, stream.read(&mut [0; 64])).await.is_ok();
        let _ = timeout_at(end, std::future::pending::<()>()).await;
        closed
    });
    let (closed, share) = tokio::join!(join_all(clients), async {
        // The flood itself is work; what comes after it is waiting.
        sleep(Duration::from_secs(1)).await;
        let (start, used) = (Instant::now(), processor(server));
        sleep(Duration::from_secs(4)).await;
        (processor(server) - used) / start.elapsed().as_secs_f64()
    });
    let after = recovery(to).await;

    let closed = closed.into_iter().filter(|closed| *closed).count();
    let mut verdict = Verdict::default();
    verdict.hold(share <= 0.2, "it spins", format!("{:.0} % of a processor", share * 100.0));
    let seen = format!("{:.1} s before, {:.1} s after", before.as_secs_f64(), after.as_secs_f64());
    verdict.hold(before.max(after) <= RECOVERY, "it does not accept any more", seen);
    let figures = format!(
        "{count} connections, {} file descriptors: {made} made, {closed} closed in {} s, {:.0} % of a processor while waiting; well again after {:.1} s",
        crate::play::FEW,
        HOLD.as_secs(),
        share * 100.0,
        after.as_secs_f64(),
    );
    Row::new("no file descriptors left", name, figures, verdict)
}

/// How long the connections are held.
const HOLD: Duration = Duration::from_secs(12);
