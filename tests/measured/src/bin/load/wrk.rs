//! The load generator, `wrk`: one thread on a core of its own, 32 connections that are kept.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use receiver_measured::delivery::{Delivery, PATH};

/// What it says of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) requests: f64,
    pub(crate) seconds: f64,
    /// In microseconds.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

pub(crate) struct Wrk {
    script: PathBuf,
    core: usize,
}

impl Wrk {
    /// Writes its script.
    pub(crate) fn new(folder: &Path, core: usize) -> Result<Self, String> {
        let script = folder.join("wrk.lua");
        fs::write(&script, SCRIPT).map_err(|error| format!("{}: {error}", script.display()))?;
        Ok(Self { script, core })
    }

    /// Delivers the same again and again for so long. An answer that is no success is an error.
    pub(crate) fn run(
        &self,
        to: SocketAddr,
        delivery: &Delivery,
        time: Duration,
    ) -> Result<Said, String> {
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", &self.core.to_string(), "wrk", "--threads=1"]);
        command.arg(format!("--connections={CONNECTIONS}"));
        command.arg(format!("--duration={}s", time.as_secs()));
        command.arg("--script").arg(&self.script).arg(format!("http://{to}{PATH}"));
        command.arg("--").arg(&delivery.body);
        command.args(delivery.headers.iter().flat_map(|(name, value)| [name, value]));
        let output = command.output().map_err(|error| format!("taskset: {error}"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        read(&said).map_err(|error| format!("wrk: {error}: {}", said.trim()))
    }
}

/// The line that the script writes.
fn read(output: &str) -> Result<Said, &'static str> {
    let line = output.lines().find_map(|line| line.strip_prefix("measured "));
    let line = line.ok_or("it said nothing")?;
    let figures: Result<Vec<f64>, _> = line.split(' ').map(str::parse).collect();
    let [requests, microseconds, p50, p99, failed] = *figures.map_err(|_| "no figures")? else {
        return Err("not five figures");
    };
    if failed > 0.0 {
        return Err("some were not answered, or with no success");
    }
    if requests <= 0.0 || microseconds <= 0.0 {
        return Err("nothing was answered");
    }
    Ok(Said { requests, seconds: microseconds / 1e6, p50, p99 })
}

pub(crate) const CONNECTIONS: u32 = 32;

/// Body, and names and values of headers, are its arguments.
const SCRIPT: &str = r#"
wrk.method = "POST"

function init(arguments)
    wrk.body = arguments[1]
    for i = 2, #arguments, 2 do
        wrk.headers[arguments[i]] = arguments[i + 1]
    end
end

function done(summary, latency)
    local failed = 0
    for _, count in pairs(summary.errors) do
        failed = failed + count
    end
    io.write(string.format("measured %d %d %d %d %d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_found_and_read() {
        let said = "Running 1s test\n  1 threads\nmeasured 150000 1500000 180 410 0\n";
        let expected = Said { requests: 150_000.0, seconds: 1.5, p50: 180.0, p99: 410.0 };
        assert_eq!(read(said), Ok(expected));
    }

    #[test]
    fn a_run_that_measured_nothing_is_no_figure() {
        for said in [
            "",
            "unable to connect to 127.0.0.1:1 Connection refused",
            "measured 150000 1500000 180 410 1",
            "measured 0 1500000 0 0 0",
            "measured 150000 0 180 410 0",
            "measured 150000 1500000 180 410",
            "measured a b c d e",
        ] {
            assert!(read(said).is_err(), "{said}");
        }
    }
}
