//! A started example: built, run, listened to, and ended by its own handle; and the command line.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use crate::battery::TOKEN;
use crate::case::workspace_dir;

/// The examples that are started.
pub const EXAMPLES: [&str; 3] = ["example-axum", "example-actix", "example-warp"];

/// A running example. It is killed when it is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: SocketAddr,
    figures: SocketAddr,
    output: Option<JoinHandle<String>>,
    log: Option<JoinHandle<String>>,
}

/// What is left of an example that ended.
#[derive(Debug)]
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// All of its standard output behind the lines that name its addresses.
    pub output: String,
    /// All of its standard error.
    pub log: String,
}

impl Server {
    /// Starts an example with nothing but this environment, on a free port.
    #[must_use]
    pub fn start(example: &str, environment: &[(&str, &str)]) -> Self {
        let environment = [&[("ADDR", "127.0.0.1:0")], environment].concat();
        Self::of(example, spawn(example, &[], &environment))
    }

    /// Starts whatever says where it listens as an example does, with so many file descriptors, and a
    /// log from this level.
    #[must_use]
    pub fn start_command(program: &Path, arguments: &[&str], files: usize, level: &str) -> Self {
        let limit = format!("ulimit -n {files} && exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &limit]).arg(program).args(arguments);
        let environment =
            [("ADDR", "127.0.0.1:0"), ("OWN_TOKEN", TOKEN), ("RUST_LOG", level), ("LOG", "json")];
        Self::of(&program.display().to_string(), start(command, &environment))
    }

    fn of(example: &str, mut child: Child) -> Self {
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let log = collect(child.stderr.take().expect("its log"));
        let mut named = |before: &str, behind: &str| {
            let mut line = String::new();
            output.read_line(&mut line).expect("a line");
            let address = line.trim().strip_prefix(before).and_then(|it| it.strip_suffix(behind));
            let Some(Ok(address)) = address.map(str::parse) else {
                panic!("{example} said {line:?}")
            };
            address
        };
        let address = named("listening on http://", "");
        let figures = named("figures on http://", "/metrics");
        Self { child, address, figures, output: Some(collect(output)), log: Some(log) }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its figures are.
    #[must_use]
    pub fn figures(&self) -> SocketAddr {
        self.figures
    }

    /// The process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends `SIGTERM`.
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &pid]).status().expect("kill");
        assert!(status.success(), "{status}");
    }

    /// Waits until it has ended.
    #[must_use]
    pub fn wait(mut self) -> Ended {
        let status = wait(&mut self.child);
        let text = |output: Option<JoinHandle<String>>| {
            output.expect("it is read once").join().expect("its output")
        };
        Ended { status, output: text(self.output.take()), log: text(self.log.take()) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs an example that is expected to end at once.
#[must_use]
pub fn run(example: &str, environment: &[(&str, &str)]) -> Ended {
    ended(spawn(example, &[], environment))
}

/// Runs the command `receiver` with nothing but this environment.
#[must_use]
pub fn receiver(arguments: &[&str], environment: &[(&str, &str)]) -> Ended {
    ended(spawn("receiver", arguments, environment))
}

fn ended(mut child: Child) -> Ended {
    let output = collect(child.stdout.take().expect("its output"));
    let log = collect(child.stderr.take().expect("its log"));
    let status = wait(&mut child);
    let text = |output: JoinHandle<String>| output.join().expect("its output");
    Ended { status, output: text(output), log: text(log) }
}

fn spawn(name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Child {
    let binary = binaries().get(name).unwrap_or_else(|| panic!("no binary {name}"));
    let mut command = Command::new(binary);
    command.args(arguments);
    start(command, environment)
}

fn start(mut command: Command, environment: &[(&str, &str)]) -> Child {
    command.env_clear().envs(environment.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it starts")
}

/// Reads an output to its end, so that nobody ever waits to write it.
fn collect(mut output: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = output.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("its status") {
            return status;
        }
        if start.elapsed() > Duration::from_secs(60) {
            let _ = child.kill();
            panic!("it does not end");
        }
        sleep(Duration::from_millis(10));
    }
}

/// The paths of the binaries, which are built first, as these tests are: no order of commands has to
/// be kept.
pub fn binaries() -> &'static HashMap<String, PathBuf> {
    static BINARIES: OnceLock<HashMap<String, PathBuf>> = OnceLock::new();
    BINARIES.get_or_init(|| {
        // Apart, so that each is built with its own features.
        let groups = [&EXAMPLES[..], &["example-hyper"], &["receiver-cli"]].map(build);
        groups.into_iter().flatten().collect()
    })
}

fn build(packages: &[&str]) -> Vec<(String, PathBuf)> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--message-format=json"]).current_dir(workspace_dir());
    cargo.args((!cfg!(debug_assertions)).then_some("--release"));
    cargo.args(packages.iter().flat_map(|package| ["--package", package]));
    let built = cargo.stderr(Stdio::inherit()).output().expect("cargo");
    assert!(built.status.success(), "{packages:?} do not build");
    let messages = serde_json::Deserializer::from_slice(&built.stdout);
    let messages = messages.into_iter::<serde_json::Value>().flatten();
    let binary = |message: serde_json::Value| {
        let path = message.get("executable")?.as_str()?;
        Some((message.pointer("/target/name")?.as_str()?.to_owned(), path.into()))
    };
    messages.filter_map(binary).collect()
}
