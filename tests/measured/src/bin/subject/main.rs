//! A server to be measured: `subject FRAMEWORK WHAT`. It has one thread, listens on a free port and says where.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program for measurements, which says where it cannot go on"
)]

use std::net::TcpListener;

mod actix;
mod axum;
// The struct that the bench of the core reads too.
#[path = "../../../../../receiver-core/benches/speed/envelope.rs"]
mod envelope;
mod hand;
mod proven;
mod warp;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [framework, does] = arguments.as_slice() else { panic!("subject FRAMEWORK WHAT") };
    let secret = std::env::var("SIGNED_SECRET").expect("SIGNED_SECRET");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener that does not block");
    println!("listening on http://{}", listener.local_addr().expect("an address"));
    match framework.as_str() {
        "axum" => on_one_thread(axum::serve(does, &secret, listener)),
        "actix" => actix::serve(does, &secret, listener),
        "warp" => on_one_thread(warp::serve(does, &secret, listener)),
        other => panic!("no framework {other}"),
    }
}

fn on_one_thread(serving: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(serving);
}

/// The largest body that is read by hand, as the receiver has it.
const LIMIT: usize = 1024 * 1024;
