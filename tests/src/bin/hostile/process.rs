//! What a process uses, as Linux tells it.

use std::fs;

use receiver_tests::server::Server;

/// The memory it has, in MiB.
pub(crate) fn memory(server: &Server) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).expect("its status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    let kib: u32 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    f64::from(kib) / 1024.0
}

/// The time its threads have had, in seconds.
pub(crate) fn processor(server: &Server) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.id())).expect("its times");
    // The name stands in parentheses and may hold anything.
    let (_, fields) = stat.rsplit_once(')').expect("its name");
    let times = fields.split_whitespace().skip(11).take(2);
    times.map(|ticks| ticks.parse::<f64>().expect("a number") / 100.0).sum()
}
