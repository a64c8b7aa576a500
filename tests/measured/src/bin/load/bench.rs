//! Starts all servers, and plays the rounds: a second of each after the other, and again; then all that with new
//! processes, because where a process's memory happens to be is luck.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use receiver_measured::delivery::Delivery;
use receiver_measured::process::Process;
use receiver_measured::subject::{Does, On, Subject};

use crate::Scale;
use crate::figures::{Measured, Run};
use crate::machine::cores;
use crate::wrk::Wrk;

pub(crate) struct Bench {
    scale: Scale,
    target: PathBuf,
    server_core: usize,
    wrk: Wrk,
}

impl Bench {
    pub(crate) fn new(scale: Scale, target: PathBuf) -> Result<Self, String> {
        let (server_core, generator_core) = cores()?;
        let folder = target.join("load");
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { scale, server_core, wrk: Wrk::new(&folder, generator_core)?, target })
    }

    /// What of others is not installed, or does not answer right, is left out and says why. Ours must.
    pub(crate) fn measure(&self, subjects: &[Subject]) -> Result<Vec<Measured>, String> {
        let about = String::new;
        let measured = |&subject| Measured { subject, about: about(), runs: Ok(Vec::new()) };
        let mut all: Vec<_> = subjects.iter().map(measured).collect();
        for start in 1..=self.scale.starts {
            let mut servers = Vec::new();
            for measured in &mut all {
                servers.push(or_left_out(measured, |subject| self.warm(subject))?);
            }
            for round in 1..=self.scale.rounds {
                for (measured, server) in all.iter_mut().zip(&servers) {
                    let Some(server) = server else { continue };
                    let run = or_left_out(measured, |subject| self.run(subject, server))?;
                    let (Some(run), Ok(runs)) = (run, &mut measured.runs) else { continue };
                    let name = name(measured.subject);
                    eprintln!("start {start}, round {round}, {name}: {:.0} requests/s", run.rate);
                    server.about().clone_into(&mut measured.about);
                    runs.push(run);
                }
            }
        }
        Ok(all)
    }

    /// A server that answers right, and has done so for a while.
    fn warm(&self, subject: Subject) -> Result<Process, String> {
        let server = self.start(subject)?;
        subject.check(&server)?;
        let delivery = Delivery::right(subject.authorization());
        self.wrk.run(server.address(), &delivery, self.scale.warm_up)?;
        Ok(server)
    }

    fn run(&self, subject: Subject, server: &Process) -> Result<Run, String> {
        // It is signed now: a signature is good for five minutes.
        let delivery = Delivery::right(subject.authorization());
        let used = server.time()?;
        let said = self.wrk.run(server.address(), &delivery, self.scale.time)?;
        let used = server.time()?.saturating_sub(used).as_secs_f64();
        let run = Run {
            rate: said.requests / said.seconds,
            p50: said.p50,
            p99: said.p99,
            processor: used * 1e6 / said.requests,
            busy: used / said.seconds,
        };
        // What it has still to close.
        std::thread::sleep(Duration::from_millis(50));
        Ok(run)
    }

    fn start(&self, subject: Subject) -> Result<Process, String> {
        let built = self.target.join("release");
        let program = match (subject.on, subject.does) {
            (On::Framework(name), Does::Example) => built.join(format!("example-{name}")),
            (On::Framework(_), _) => built.join("subject"),
            (On::Other(name), _) => self.target.join("load/peers").join(name),
        };
        if !program.exists() {
            return Err("not installed".to_owned());
        }
        let arguments = match subject.on {
            On::Framework(name) => [name, subject.does.word()],
            On::Other(name) => [name, "peer"],
        };
        Process::start(&program, &arguments, self.server_core)
    }
}

/// Tries it. What fails for one of others leaves that out from then on.
fn or_left_out<T>(
    measured: &mut Measured,
    attempt: impl FnOnce(Subject) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if measured.runs.is_err() {
        return Ok(None);
    }
    let name = name(measured.subject);
    match attempt(measured.subject) {
        Ok(it) => Ok(Some(it)),
        Err(error) if matches!(measured.subject.on, On::Other(_)) => {
            eprintln!("{name}: left out: {error}");
            measured.runs = Err(error);
            Ok(None)
        }
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// For whoever waits, and to choose by.
pub(crate) fn name(subject: Subject) -> String {
    let (On::Framework(on) | On::Other(on)) = subject.on;
    format!("{on} {}", subject.does.word())
}
