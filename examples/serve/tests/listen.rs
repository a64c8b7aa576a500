//! A burst of connections that nobody has accepted yet.

use std::net::TcpStream;
use std::time::Duration;

/// Other systems have lower limits of their own.
#[cfg(target_os = "linux")]
#[test]
fn a_burst_of_connections_does_not_wait_for_its_next_try() {
    let listener = example_serve::listen("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let connections: Vec<_> = (0..500)
        .map(|_| TcpStream::connect_timeout(&address, Duration::from_millis(900)).unwrap())
        .collect();
    assert_eq!(connections.len(), 500);
}
