//! Somebody's first delivery, beside more half bodies from one address than there are places for.

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
use crate::wire::{Counter, DELIVERY, answer, apart, ask, connect};

/// Whose half bodies are there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Crowd {
    /// Of an address that never delivered anything.
    Stranger,
    /// Of one that has.
    Known,
}

impl Crowd {
    /// More than strangers' half of the places, or than all.
    fn halves(self) -> usize {
        match self {
            Self::Stranger => 600,
            Self::Known => 1_200,
        }
    }
}

/// The newcomer has not delivered anything before.
pub(crate) async fn check(name: &str, server: &Server, crowd: Crowd) -> Row {
    let to = server.address();
    if matches!(crowd, Crowd::Known) {
        let known = async { ask(&mut connect(apart(0, to), to).await?, DELIVERY).await };
        assert_eq!(known.await.unwrap_or_default().of(200), 1, "it delivers");
    }
    let halves = join_all((0..crowd.halves()).map(|_| half(to))).await;
    sleep(Duration::from_secs(1)).await;
    let first = async { ask(&mut connect(NEWCOMER, to).await?, DELIVERY).await };
    let told = first.await.unwrap_or_default();

    // Whoever was refused was told so meanwhile; whoever is told nothing, and not hung up on, has a place.
    let (mut refused, mut waiting) = (Counter::default(), 0);
    for mut stream in halves.into_iter().flatten() {
        match timeout(Duration::from_millis(1), answer(&mut stream)).await {
            Ok(told) => refused.add(&told.unwrap_or_default()),
            Err(_) => waiting += 1,
        }
    }
    let count = refused.total();
    let mut verdict = Verdict::default();
    if matches!(crowd, Crowd::Known) {
        verdict.hold(waiting >= SHARE, "a sender has few places", waiting);
    }
    verdict.hold(told.of(200) == 1, "the newcomer is not served", &told);
    refused.add(&told);
    refused.hold_secrets(&mut verdict);
    let figures = format!(
        "{} half bodies from one address, of which {count} are refused at once; the first delivery from another: {told}",
        crowd.halves(),
    );
    let row = Row::new("a newcomer beside half bodies", name, figures, verdict);
    match crowd {
        Crowd::Stranger => row,
        Crowd::Known => row.played("a newcomer beside those of a sender's address".to_owned()),
    }
}

/// Half a body that stays.
async fn half(to: SocketAddr) -> Option<TcpStream> {
    let mut stream = connect(apart(0, to), to).await.ok()?;
    stream.write_all(BODY).await.ok()?;
    Some(stream)
}

/// What one address of a sender has, when nobody else is there.
const SHARE: usize = 768;
/// Who delivers for the first time.
const NEWCOMER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);
