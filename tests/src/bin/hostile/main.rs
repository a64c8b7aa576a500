//! What slow, many and too many clients do to the three started examples, as a table of figures.
//!
//! Every complaint that can be made of them is provoked by a server with that fault. `--short` is for
//! every change, `--write` puts the figures into `docs/security.md`; the name of a check plays it alone.
//! Clients are on loopback, and end by themselves.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a measurement that cannot go on fails, and prints its figures"
)]

use std::process::ExitCode;

use example_serve::Signals;
use play::play;
use scale::Scale;

mod control;
mod files;
mod load;
mod newcomer;
mod overload;
mod play;
mod process;
mod report;
mod scale;
mod silence;
mod slow;
mod stream;
mod verdict;
mod wire;
mod wrong;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let run = |scale, only, write| {
        let report = runtime.block_on(async {
            let mut signals = Signals::new().expect("signals");
            // Whoever is told to end ends its servers.
            tokio::select! {
                report = play(scale, only) => Some(report),
                () = signals.next() => None,
            }
        });
        report.map_or(ExitCode::FAILURE, |report| report.print(write))
    };
    match *arguments.as_slice() {
        ["--control", name] => runtime.block_on(control::run(name)),
        ["--write"] => run(&Scale::LONG, None, true),
        ["--short"] => run(&Scale::SHORT, None, false),
        ["--short", check] if CHECKS.contains(&check) => run(&Scale::SHORT, Some(check), false),
        [] => run(&Scale::LONG, None, false),
        [check] if CHECKS.contains(&check) => run(&Scale::LONG, Some(check), false),
        _ => panic!("--write, or --short or not, and all or one of {CHECKS:?}"),
    }
}

/// What can be played alone.
const CHECKS: [&str; 6] = ["slow", "newcomer", "rate", "places", "wrong", "silence"];
