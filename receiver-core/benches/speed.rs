//! How fast senders are proven: the goals by name, and what stands beside them.
//!
//! `cargo bench -p receiver-core --bench speed [-- goals|verifying|reading|growth]`. Ratios travel from one machine to
//! another, times do not; and a processor without SHA instructions makes every ratio to a hash look good.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench prints its figures; one that cannot go on fails, and says where"
)]

use report::section;

#[path = "speed/by_hand.rs"]
mod by_hand;
#[path = "speed/envelope.rs"]
mod envelope;
#[path = "speed/goal.rs"]
mod goal;
#[path = "speed/growth.rs"]
mod growth;
#[path = "speed/message.rs"]
mod message;
#[path = "speed/middle.rs"]
mod middle;
#[path = "speed/plain.rs"]
mod plain;
#[path = "speed/reading.rs"]
mod reading;
#[path = "speed/report.rs"]
mod report;
#[path = "speed/rounds.rs"]
mod rounds;
#[path = "speed/subject.rs"]
mod subject;
#[path = "speed/verifying.rs"]
mod verifying;

fn main() {
    // Cargo adds `--bench` to the arguments.
    let wanted: Vec<_> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let tables: [(&str, fn()); 4] = [
        ("goals", goals),
        ("verifying", verifying::table),
        ("reading", reading::table),
        ("growth", growth::tables),
    ];
    for (name, table) in tables {
        if wanted.is_empty() || wanted.iter().any(|it| it == name) {
            table();
        }
    }
}

fn goals() {
    let lines = verifying::goals().into_iter().chain(reading::goals()).map(|goal| goal.to_string());
    section("goals", &["goal", "figure", "bound", "measured", ""], lines);
}
