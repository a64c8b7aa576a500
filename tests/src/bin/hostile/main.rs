//! What slow, many and too many clients do to the three started examples, as a table of figures.
//!
//! Every check is also played to a server that lacks what is checked, and must fail there. `--short`
//! is for every change, `--write` puts the figures into `docs/security.md`. Clients are on loopback,
//! and end by themselves.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement that cannot go on fails, and prints its figures"
)]

use std::process::ExitCode;

use futures_util::future::join_all;
use receiver_tests::server::{EXAMPLES, Server, binaries};

use report::Report;

mod control;
mod files;
mod load;
mod overload;
mod process;
mod report;
mod slow;
mod wire;
mod wrong;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    match *arguments.as_slice() {
        ["--control", name] => runtime.block_on(control::serve(name)),
        [] => runtime.block_on(run(&Scale::LONG)).print(false),
        ["--short"] => runtime.block_on(run(&Scale::SHORT)).print(false),
        ["--write"] => runtime.block_on(run(&Scale::LONG)).print(true),
        _ => panic!("nothing, --short or --write"),
    }
}

/// How much of everything.
struct Scale {
    /// Connections of each slow kind.
    slow: usize,
    /// One kind after the other, and idle connections too.
    is_thorough: bool,
    /// Connections to a server that has no more file descriptors.
    flood: usize,
    /// Deliveries at once to a server that takes 1,024.
    places: usize,
    /// Seconds of each load.
    seconds: u64,
    /// Addresses that are wrong once.
    addresses: u32,
}

impl Scale {
    const LONG: Self = Self {
        slow: 500,
        is_thorough: true,
        flood: 10_000,
        places: 5 * 1024,
        seconds: 10,
        addresses: 30_000,
    };
    const SHORT: Self = Self {
        slow: 60,
        is_thorough: false,
        flood: 600,
        places: 2_000,
        seconds: 1,
        addresses: 1_000,
    };
}

/// Plays everything to everybody. The slow checks of the short mode are played side by side.
async fn run(scale: &Scale) -> Report {
    let mut report = Report::default();
    let here = std::env::current_exe().expect("this program");
    let example = |name: &str, files| {
        Server::start_command(&binaries()[name], &[], if files > 0 { files } else { FILES })
    };
    let control = |name, files| {
        Server::start_command(&here, &["--control", name], if files > 0 { files } else { FILES })
    };

    if scale.is_thorough {
        for name in EXAMPLES {
            for kind in slow::KINDS {
                let server = example(name, 0);
                report.add(slow::check(name, &server, &[kind], scale.slow, true).await);
            }
            report.add(files::check(name, &example(name, FEW), scale.flood).await);
        }
    } else {
        let kinds = slow::KINDS.split_last().expect("kinds").1;
        let mut servers: Vec<_> = EXAMPLES.map(|name| (name, example(name, 0))).into();
        servers.push((CONTROL, control("endless", 0)));
        let mut limited: Vec<_> = EXAMPLES.map(|name| (name, example(name, FEW))).into();
        limited.extend(["deaf", "spinning"].map(|name| (CONTROL, control(name, FEW))));
        let slow = servers
            .iter()
            .map(|(name, server)| slow::check(name, server, kinds, scale.slow, false));
        let files = limited.iter().map(|(name, server)| files::check(name, server, scale.flood));
        let (slow, files) = tokio::join!(join_all(slow), join_all(files));
        slow.into_iter().chain(files).for_each(|row| report.add(row));
    }
    for name in EXAMPLES {
        let server = example(name, 0);
        report.add(overload::rate(name, &server, scale.seconds).await);
        report.add(overload::places(name, &server, scale.places).await);
        report.add(wrong::one_address(name, &server, scale.seconds).await);
        report.add(wrong::many_addresses(name, &server, scale.addresses).await);
    }
    if scale.is_thorough {
        report.add(
            slow::check(CONTROL, &control("endless", 0), &slow::KINDS, scale.slow, true).await,
        );
        for name in ["deaf", "spinning"] {
            report.add(files::check(CONTROL, &control(name, FEW), scale.flood).await);
        }
    }
    let careless = control("careless", 0);
    report.add(overload::rate(CONTROL, &careless, scale.seconds).await);
    report.add(overload::places(CONTROL, &careless, scale.places).await);
    report.add(wrong::one_address(CONTROL, &careless, scale.seconds).await);
    report.add(wrong::many_addresses(CONTROL, &careless, scale.addresses).await);
    report
}

/// The name of a server that must fail.
const CONTROL: &str = "control";
/// File descriptors for a server that is to have enough.
const FILES: usize = 16_000;
/// And for one that is not.
const FEW: usize = 256;
