//! Whether a forger beside the server can tell an unknown tenant from one with a wrong secret by time:
//! whole requests on one connection over loopback, where nothing is nearer.
//!
//! `cargo bench -p receiver-tests --bench tenants`; how to read it is in `docs/constant-time.md`.
#![expect(
    clippy::expect_used,
    reason = "a bench that cannot go on fails, and says where; it is no library"
)]

use std::cell::RefCell;
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

use axum::Router;
use axum::routing::any;
use dudect_bencher::ctbench::{BenchMetadata, BenchName, BenchOpts, run_benches_console};
use dudect_bencher::rand::RngExt as _;
use dudect_bencher::{BenchRng, Class, CtRunner};
use receiver_core::scheme::{Layout, Signature, TenantAt};
use receiver_core::{Json, Received, Receiver, Reply, Secret};
use receiver_tests::socket::{Connection, head};

fn main() -> std::io::Result<()> {
    // Cargo adds `--bench` to the arguments.
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let bench = |&(name, benchfn)| BenchMetadata { name: BenchName(name), seed: None, benchfn };
    let options = BenchOpts { filter, ..BenchOpts::default() };
    run_benches_console(options, BENCHES.iter().map(bench).collect())
}

type Bench = fn(&mut CtRunner, &mut BenchRng);

const BENCHES: [(&str, Bench); 4] = [
    ("leaks_ten_microseconds_over_a_socket", |runner, rng| {
        time(runner, rng, ["acme", "acne"], &["acme"], Duration::from_micros(10));
    }),
    ("nothing_to_find_over_a_socket", |runner, rng| {
        time(runner, rng, ["acne", "acne"], &["acme"], Duration::ZERO);
    }),
    ("tenant_one_or_another_over_a_socket", |runner, rng| {
        time(runner, rng, ["acme", "acne"], &["acme", "acne"], Duration::ZERO);
    }),
    ("tenant_known_or_unknown_over_a_socket", |runner, rng| {
        time(runner, rng, ["acme", "acne"], &["acme"], Duration::ZERO);
    }),
];

/// Requests for either tenant, drawn by lot. `acme` takes so long more to look up.
fn time(
    runner: &mut CtRunner,
    rng: &mut BenchRng,
    tenants: [&str; 2],
    known: &'static [&str],
    longer: Duration,
) {
    let address = serve(known, longer);
    let signed = signature(secret("neither of them")).sign("", UNIX_EPOCH, BODY);
    let requests = tenants.map(|tenant| {
        let mut headers: Vec<_> =
            signed.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        headers.push(("content-length", b"2"));
        [head("POST", &format!("/hooks/{tenant}"), &headers), BODY.to_vec()].concat()
    });
    let connection = RefCell::new(Connection::to(address));
    for _ in 0..SAMPLES {
        let (class, request) = match (rng.random::<bool>(), &requests) {
            (false, [known, _]) => (Class::Left, known),
            (true, [_, unknown]) => (Class::Right, unknown),
        };
        runner.run_one(class, || {
            assert_eq!(connection.borrow_mut().write(request).answer().status, 401);
        });
    }
}

/// An endpoint that looks its tenants up, in a thread that ends with the process.
fn serve(known: &'static [&str], longer: Duration) -> SocketAddr {
    async fn accept(received: Received<Json<u8>>) -> Reply {
        received.receipt.accepted()
    }
    let receiver = Receiver::for_tenants(
        TenantAt::LastSegment,
        secret("nobody"),
        move |tenant| async move {
            let longer = if tenant == "acme" { longer } else { Duration::ZERO };
            let start = Instant::now();
            while start.elapsed() < longer {}
            let known = known.iter().find(|known| **known == tenant);
            Ok::<_, String>(known.map(|known| secret(known)))
        },
        signature,
    );
    let app = Router::new().route("/hooks/{tenant}", any(accept)).with_state(receiver);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async move {
            listener.set_nonblocking(true).expect("a listener");
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, app).await.expect("a server");
        });
    });
    address
}

fn signature(secret: Secret) -> Signature {
    Signature::new(Layout::GITHUB, secret)
}

fn secret(text: &str) -> Secret {
    Secret::new(text).expect("a secret")
}

const BODY: &[u8] = b"{}";
const SAMPLES: usize = 100_000;
