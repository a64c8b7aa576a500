//! `--count`, `--rate`, `--concurrency`: how often, how fast, and how many at a time.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use indicatif::ProgressBar;
use receiver_core::testing::Fault;

use super::plan::Plan;
use super::target::Target;
use super::trouble::Trouble;
use super::wire;
use crate::Failure;
use crate::client::Client;
use crate::message::Message;

/// How often, and how fast.
#[derive(clap::Args)]
pub(super) struct LoadArgs {
    /// How many deliveries. Of more than one, only a summary is printed [default: 1, and 2 where
    /// --fault says reordered]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    count: Option<u32>,

    /// How many requests a second at most [default: as fast as answers come]
    #[arg(long, value_name = "PER_SECOND", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,

    /// How many requests at a time
    #[arg(long, value_name = "NUMBER", default_value_t = 1,
        value_parser = clap::value_parser!(u32).range(1..=256))]
    concurrency: u32,
}

impl LoadArgs {
    pub(super) fn count(&self, fault: Option<Trouble>) -> Result<u32, Failure> {
        if fault != Some(Trouble::Fault(Fault::Reordered)) {
            return Ok(self.count.unwrap_or(1));
        }
        match self.count.unwrap_or(2) {
            1 => Err(Failure::new("one delivery has no order: --count must be 2 or more")),
            _ if self.concurrency > 1 => {
                Err(Failure::new("deliveries have no order with --concurrency"))
            }
            count if count > MOST_REORDERED => Err(Failure::new(format!(
                "deliveries of another order are all made before the first is sent: --count must \
                 be {MOST_REORDERED} or less"
            ))),
            count => Ok(count),
        }
    }
}

/// What sends.
pub(super) struct Load<'t> {
    client: Client,
    target: &'t Target,
    timeout: Duration,
    /// How long a body takes that is sent in pieces.
    pieces: Option<Duration>,
    concurrency: u32,
    rate: Option<u32>,
}

/// What came of a request.
pub(super) struct Outcome {
    pub(super) took: Duration,
    pub(super) answer: Result<Response<Bytes>, String>,
}

impl<'t> Load<'t> {
    pub(super) fn new(
        args: &LoadArgs,
        target: &'t Target,
        timeout: Duration,
        fault: Option<Trouble>,
    ) -> Result<Self, Failure> {
        let pieces = match fault {
            Some(Trouble::Slow) if target.is_tls => {
                return Err(Failure::new("slow is for http:// only"));
            }
            Some(Trouble::Slow) => Some(timeout),
            // Over TLS it is sent as any other, and an answer before its end may be lost.
            Some(Trouble::Fault(Fault::HugeBody)) if !target.is_tls => Some(Duration::ZERO),
            _ => None,
        };
        let client = Client::new(&target.origin, timeout)?;
        let (concurrency, rate) = (args.concurrency, args.rate);
        Ok(Self { client, target, timeout, pieces, concurrency, rate })
    }

    /// Sends what is planned, and gives each outcome as it comes.
    pub(super) fn run(
        &self,
        plan: &Plan,
        mut each: impl FnMut(Outcome) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let ticker = Ticker { start: Instant::now(), rate: self.rate, sent: AtomicU32::new(0) };
        let next = AtomicU32::new(0);
        // It is drawn on standard error, and only where that is a terminal.
        let bar = (plan.requests() > 1).then(|| ProgressBar::new(plan.requests()));
        thread::scope(|scope| {
            let (sender, outcomes) = mpsc::channel();
            for _ in 0..self.concurrency.min(plan.batches()) {
                let (sender, ticker, next) = (sender.clone(), &ticker, &next);
                scope.spawn(move || {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= plan.batches() {
                            return;
                        }
                        let batch = plan.batch(number);
                        let (requests, failure) = match batch {
                            Ok(requests) => (requests, None),
                            Err(failure) => (Vec::new(), Some(failure)),
                        };
                        let outcomes = requests.into_iter().map(|request| {
                            ticker.wait();
                            Ok(self.send(request))
                        });
                        for outcome in outcomes.chain(failure.map(Err)) {
                            if sender.send(outcome).is_err() {
                                return;
                            }
                        }
                    }
                });
            }
            drop(sender);
            for outcome in outcomes {
                each(outcome?)?;
                if let Some(bar) = &bar {
                    bar.inc(1);
                }
            }
            Ok::<(), Failure>(())
        })?;
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        Ok(())
    }

    fn send(&self, request: Request<Bytes>) -> Outcome {
        let start = Instant::now();
        let answer = match self.pieces {
            Some(over) => wire::send(&self.target.authority, &request, over, self.timeout),
            None => self.client.send(&message(request)),
        };
        Outcome { took: start.elapsed(), answer }
    }
}

fn message(request: Request<Bytes>) -> Message {
    let (head, body) = request.into_parts();
    let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        (name.to_string(), value.as_bytes().to_vec())
    };
    Message {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers: head.headers.iter().map(header).collect(),
        body: body.to_vec(),
        received_at: None,
    }
}

/// They are in memory at once.
const MOST_REORDERED: u32 = 1000;

/// Says when the next request may be sent, to all that send.
struct Ticker {
    start: Instant,
    rate: Option<u32>,
    sent: AtomicU32,
}

impl Ticker {
    fn wait(&self) {
        let Some(rate) = self.rate else { return };
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        let due = Duration::from_secs_f64(f64::from(number) / f64::from(rate));
        thread::sleep(due.saturating_sub(self.start.elapsed()));
    }
}
