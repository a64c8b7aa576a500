//! A subject's process, on a core of its own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::delivery::SECRET;

/// A running subject. It is killed when it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    address: SocketAddr,
    about: String,
    // Closed, it could not write any more.
    _output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a program that says `listening on http://ADDRESS` and perhaps, behind a comma, what it is.
    ///
    /// # Errors
    ///
    /// When it does not start, or says something else.
    pub fn start(program: &Path, arguments: &[&str], core: usize) -> Result<Self, String> {
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", &core.to_string()]).arg(program).args(arguments);
        command.env("SIGNED_SECRET", SECRET);
        // For the examples, which have a log, and for Node, which has a mode.
        command.envs([("ADDR", "127.0.0.1:0"), ("RUST_LOG", "warn"), ("NODE_ENV", "production")]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("taskset: {error}"))?;
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        let _ = output.read_line(&mut line);
        let said = line.trim().strip_prefix("listening on http://").unwrap_or_default();
        let (address, about) = said.split_once(", ").unwrap_or((said, ""));
        let Ok(address) = address.parse() else {
            let _ = (child.kill(), child.wait());
            return Err(format!("{} does not start", program.display()));
        };
        Ok(Self { child, address, about: about.to_owned(), _output: output })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it says it is, with its versions.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }

    /// The processor time of all its threads.
    ///
    /// # Errors
    ///
    /// When it is gone.
    pub fn time(&self) -> Result<Duration, String> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        stat.ok().as_deref().and_then(time_of).ok_or_else(|| "it ended".to_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = (self.child.kill(), self.child.wait());
    }
}

/// User and system time: the 14th and 15th field of `proc_pid_stat(5)`, in hundredths of a second. The second is
/// a name in brackets that may hold anything.
fn time_of(stat: &str) -> Option<Duration> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut hundredths = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(hundredths()?.saturating_add(hundredths()?).saturating_mul(10)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_read_behind_any_name() {
        let stat = "7 (a) 1 (b) S 1 7 7 0 -1 4194304 120 0 0 0 31 12 9 9 20 0 1 0 100 0 0";
        assert_eq!(time_of(stat), Some(Duration::from_millis(430)));
        assert_eq!(time_of("7 (a) S 1"), None);
        assert_eq!(time_of(""), None);
    }
}
