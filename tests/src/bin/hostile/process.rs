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

/// The time its threads have had or waited for, in seconds: who spins is found out on a busy machine
/// too.
pub(crate) fn processor(server: &Server) -> f64 {
    let threads = fs::read_dir(format!("/proc/{}/task", server.id())).expect("its threads");
    let times = threads.flatten().filter_map(|thread| {
        let times = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        let times = times.split_whitespace().take(2).map(str::parse::<f64>);
        Some(times.map(|nanoseconds| nanoseconds.expect("a number") / 1e9).sum::<f64>())
    });
    times.sum()
}
