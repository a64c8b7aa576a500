//! `receiver verify`: whether a saved request is signed right, and if not, why.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::SystemTime;

use receiver_core::explain::Explanation;
use receiver_core::scheme::Proof;
use serde_json::json;

use crate::Failure;
use crate::message::InputArgs;
use crate::scheme::{SchemeArgs, reasons};
use crate::screen::{BAD, FAINT, GOOD, Screen, json_line, plain};
use crate::secrets::SecretArgs;

/// Say whether a saved request is signed right, and if not, why
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Verify {
    #[command(flatten)]
    scheme: SchemeArgs,

    #[command(flatten)]
    secrets: SecretArgs,

    /// How far a signed timestamp may be from the time, both ways [default: as the scheme says]
    #[arg(long, value_name = "SECONDS")]
    tolerance: Option<u64>,

    /// Print one JSON object
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    input: InputArgs,
}

impl Verify {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let layout = self.scheme.layout()?;
        let keys = self.secrets.keys(&layout)?;
        let explain = self.scheme.explain(layout, keys, self.tolerance)?;
        let message = self.input.message(self.scheme.url.as_deref(), self.secrets.takes_stdin())?;
        let now = self.scheme.now.or(message.received_at).unwrap_or_else(SystemTime::now);

        let explanation = explain.request(&message.request(), now);
        let mut screen = Screen::new();
        if self.json {
            writeln!(screen, "{}", json_line(&json(&self.scheme.scheme, &explanation)))?;
        } else {
            text(&mut screen, &self.scheme.scheme, &explanation)?;
        }
        screen.flush()?;
        Ok(if explanation.verdict().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

fn text(screen: &mut Screen, scheme: &str, explanation: &Explanation) -> Result<(), Failure> {
    match explanation.verdict() {
        Ok(proof) => {
            let (key, covers) = (plain(proof.key().as_str()), proof.strength());
            writeln!(
                screen,
                "{GOOD}valid{GOOD:#}: {scheme}, key {key}; the signature covers {covers}"
            )?;
        }
        Err(error) => {
            writeln!(
                screen,
                "{BAD}not valid{BAD:#}: {error} {FAINT}({}){FAINT:#}",
                error.reason()
            )?;
            for line in reasons(explanation) {
                writeln!(screen, "{line}")?;
            }
        }
    }
    Ok(())
}

fn json(scheme: &str, explanation: &Explanation) -> serde_json::Value {
    let verdict = explanation.verdict();
    let findings: Vec<_> = explanation.findings().iter().map(ToString::to_string).collect();
    let hypotheses: Vec<_> = explanation.hypotheses().iter().map(ToString::to_string).collect();
    json!({
        "valid": verdict.is_ok(),
        "scheme": scheme,
        "key": verdict.map(|proof| proof.key().to_string()).ok(),
        "covers": verdict.map(Proof::strength).map(|it| it.to_string()).ok(),
        "reason": verdict.err().map(receiver_core::AuthError::reason),
        "findings": findings,
        "hypotheses": hypotheses,
    })
}

const EXAMPLES: &str = "\
Examples:
  RECEIVER_SECRET='...' receiver verify --scheme github request.http
  receiver verify --scheme stripe --secret-env OLD --secret-env NEW --now 1700000000 request.http
  receiver verify --scheme twilio --secret-file token --url https://example.com/sms sms.http
  receiver verify --scheme slack --secret-env SLACK --entry 3 recorded.jsonl
  receiver verify --scheme shopify --secret-env SHOP --header 'X-Shopify-Hmac-Sha256: ...' --body @body

Exit status: 0 valid; 1 not valid; 2 wrong usage, or a secret that cannot be used.";
