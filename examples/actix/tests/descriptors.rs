//! What becomes of a connection that no file descriptor is left to watch. It has this program for itself: the limit
//! is of the whole process.
#![cfg(target_os = "linux")]

use std::process::{Command, id};
use std::time::Duration;

use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::rt::time::timeout;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

#[path = "../src/watchdog.rs"]
#[expect(dead_code, reason = "nobody tells this one")]
mod watchdog;

#[actix_web::test]
async fn what_cannot_be_watched_is_closed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (client, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
    let (mut client, (connection, _)) =
        (client.expect("a connection"), accepted.expect("the same"));

    let limit = Command::new("prlimit").args(["--nofile=3:", "--pid", &id().to_string()]).status();
    assert!(limit.expect("prlimit").success());
    assert!(std::fs::File::open("/dev/null").is_err(), "there is one left");
    watchdog::watch(&connection, &mut Extensions::new(), Duration::from_secs(60));

    let end = timeout(Duration::from_secs(1), client.read(&mut [0; 64])).await;
    assert!(matches!(end, Ok(Ok(0))), "{end:?}");
}
