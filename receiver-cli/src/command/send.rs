//! `receiver send`: a delivery as its sender would make it, to any URL.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use receiver_core::testing::{Way, ways};

use crate::config::Config;
use crate::endpoint::BUILT_IN;
use crate::screen::{Screen, note};
use crate::{Failure, scheme};
use credentials::CredentialArgs;
use load::{Load, LoadArgs};
use payload::PayloadArgs;
use plan::Plan;
use summary::Tally;
use target::Target;
use trouble::Trouble;

mod credentials;
mod curl;
mod load;
mod payload;
mod place;
mod plan;
mod set;
mod shown;
mod summary;
mod target;
mod trouble;
mod wire;

/// Send a sample as its sender would, whole or with a fault
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Send {
    /// Who sends: a name of `receiver list senders`, of `receiver list schemes`, or of the
    /// configuration file
    #[arg(value_name = "SENDER|SCHEME")]
    sender: String,

    /// Where to
    #[arg(value_name = "URL")]
    url: String,

    #[command(flatten)]
    payload: PayloadArgs,

    #[command(flatten)]
    credentials: CredentialArgs,

    /// Schemes of your own, as for `receiver verify`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// What goes wrong. `slow` sends the body in pieces, over the whole --timeout
    #[arg(long, value_name = "FAULT", value_parser = PossibleValuesParser::new(Trouble::names())
        .try_map(|name| Trouble::find(&name)))]
    fault: Option<Trouble>,

    #[command(flatten)]
    load: LoadArgs,

    /// How long an answer is waited for, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,

    /// Print a JSON object: of each answer, or with --count of all
    #[arg(long)]
    json: bool,

    /// Send nothing: print the `curl` that would send it. A secret is a variable there, which you
    /// set; a signature is one made now, which a service that judges timestamps refuses later
    #[arg(long)]
    dry_run: bool,
}

impl Send {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let config = Config::read(self.config.as_deref())?;
        let target = Target::new(&self.url)?;
        let ways = known(&self.sender, &config)?;
        let count = self.load.count(self.fault)?;
        let takes_stdin = self.credentials.takes_stdin();
        let payloads = self.payload.all(&self.sender, &ways, takes_stdin)?;
        let credential =
            self.credentials.choose(&self.sender, &ways, &target.public, self.dry_run)?;
        let outgoings = payloads.into_iter().map(|payload| {
            payload.outgoing(&target).with_credential(credential.credential.clone())
        });
        let plan = Plan::new(outgoings.collect(), self.fault, count)?;
        if self.dry_run {
            return self.print(&plan, &target, &credential);
        }

        let timeout = Duration::from_secs(self.timeout);
        let load = Load::new(&self.load, &target, timeout, self.fault)?;
        let mut tally = Tally::new(plan.documented());
        load.run(&plan, |outcome| {
            if count == 1 {
                let mut screen = Screen::new();
                credential.shown().print(&mut screen, &outcome, self.json)?;
                screen.flush()?;
            }
            tally.add(&outcome);
            Ok(())
        })?;
        let mut screen = Screen::new();
        tally.print(&mut screen, self.json, count > 1)?;
        screen.flush()?;
        Ok(if tally.is_good() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn print(
        &self,
        plan: &Plan,
        target: &Target,
        credential: &credentials::Chosen,
    ) -> Result<ExitCode, Failure> {
        if self.fault == Some(Trouble::Slow) {
            return Err(Failure::new("there is no curl that is slow in pieces"));
        }
        let mut screen = Screen::new();
        for number in 0..plan.batches() {
            for request in plan.batch(number)? {
                writeln!(screen, "{}", curl::command(&request, target, credential)?)?;
            }
        }
        screen.flush()?;
        if credential.is_signature {
            note("the signature is made now: where timestamps are judged, it is refused later");
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// How the sender of this name proves itself. A configuration's own come first.
fn known(name: &str, config: &Config) -> Result<Vec<Way>, Failure> {
    if let Some(layout) = config.schemes.get(name) {
        return Ok(vec![Way::Signature(layout.clone())]);
    }
    let own = ways(&name.replace('-', "_"));
    let all = if own.is_empty() { ways(name) } else { own };
    if all.is_empty() {
        let senders: Vec<_> = BUILT_IN.iter().map(|it| it.name).collect();
        return Err(Failure::new(scheme::unknown(name, config, &senders)));
    }
    Ok(all)
}

const EXAMPLES: &str = "\
Examples:
  RECEIVER_TOKEN='...' receiver send cmmshere http://127.0.0.1:3000/webhooks/cmmshere
  receiver send cmmshere http://127.0.0.1:3000/hooks --kind ot.created --set data.id=17 --token -
  receiver send sintegre http://127.0.0.1:3000/hooks --user ons --secret-env ONS_PASSWORD
  receiver send github http://127.0.0.1:3000/hooks --secret-file key --data push.json
  receiver send stripe http://127.0.0.1:3000/hooks --secret-env STRIPE --fault stale-timestamp
  receiver send rabbot http://127.0.0.1:3000/hooks --count 1000 --rate 50 --concurrency 8
  receiver send voalle http://127.0.0.1:3000/hooks --dry-run

Credentials: RECEIVER_USER, RECEIVER_PASSWORD, RECEIVER_TOKEN and RECEIVER_SECRET (which will do for
each of the last three), or the options, or what is typed when asked. None is shown.

Each fault has the status that docs/testing.md says: 401 for what spoils the credential or what is
signed, 400 for half a body, 413 for a huge one, 415 for a wrong content type, 408 for a slow one, 2xx
for a duplicate, for another order, and for a body that nothing covers.

Exit status: 0 all were answered 2xx, or with --fault as its status says; 1 some were not; 2 wrong
usage, or a secret that cannot be used.";
