//! Somebody's first delivery, beside more half bodies from one address than are waited for.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;
use receiver_tests::server::Server;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::report::Row;
use crate::slow::BODY;
use crate::verdict::Verdict;
use crate::wire::{BAD, Counter, DELIVERY, answer, ask, connect};

/// Neither of the two addresses has delivered anything before.
pub(crate) async fn check(name: &str, server: &Server) -> Row {
    let to = server.address();
    let halves = join_all((0..HALVES).map(|_| half(to))).await;
    sleep(Duration::from_secs(1)).await;
    let first = async { ask(&mut connect(NEWCOMER, to).await?, DELIVERY).await };
    let told = first.await.unwrap_or_default();

    // Whoever was refused was told so meanwhile.
    let mut refused = Counter::default();
    for mut stream in halves.into_iter().flatten() {
        if let Ok(Ok(told)) = timeout(Duration::from_millis(1), answer(&mut stream)).await {
            refused.add(&told);
        }
    }
    let mut verdict = Verdict::default();
    verdict.hold(told.of(200) == 1, "the newcomer is not served", &told);
    let count = refused.total();
    refused.add(&told);
    refused.hold_secrets(&mut verdict);
    let figures = format!(
        "{HALVES} half bodies from one address, of which {count} are refused at once; the first delivery from another: {told}",
    );
    Row::new("a newcomer beside half bodies", name, figures, verdict)
}

/// Half a body that stays.
async fn half(to: SocketAddr) -> Option<TcpStream> {
    let mut stream = connect(BAD, to).await.ok()?;
    stream.write_all(BODY).await.ok()?;
    Some(stream)
}

/// Who delivers for the first time.
const NEWCOMER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);
/// More than the strangers' half of the places.
const HALVES: usize = 600;
