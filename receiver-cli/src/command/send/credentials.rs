//! `--user`, `--password`, `--token`, `--secret`: what the sender proves itself with, and how.

use std::io::{self, IsTerminal as _};

use receiver_core::testing::{Credential, Way};

use super::place::{self, has_user, is_token};
use super::shown::Shown;
use crate::Failure;
use crate::secrets::{Given, SecretArgs, VARIABLE, variable};

/// What the sender proves itself with.
#[derive(clap::Args)]
pub(super) struct CredentialArgs {
    /// The user name, where there is one [default: `RECEIVER_USER`, else the sender's name]
    #[arg(long, value_name = "NAME")]
    user: Option<String>,

    /// The password; for this and --token, what is said of --secret counts [default:
    /// `RECEIVER_PASSWORD`]
    #[arg(long, allow_hyphen_values = true, conflicts_with_all = ["token", "secret", "secret_env",
        "secret_file"])]
    password: Option<String>,

    /// The token, in the first place where the sender has one [default: `RECEIVER_TOKEN`]
    #[arg(long, allow_hyphen_values = true, conflicts_with_all = ["secret", "secret_env",
        "secret_file"])]
    token: Option<String>,

    #[command(flatten)]
    secrets: SecretArgs,

    /// Where the credential stands, for senders that have several places: `basic`, `bearer`,
    /// `query`, `pair`, the name of a header [default: the usual one]
    #[arg(long, value_name = "WAY")]
    way: Option<String>,

    /// The URL that the sender was given, for senders that sign it [default: the URL]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

/// The credential that is sent.
pub(super) struct Chosen {
    pub(super) credential: Credential,
    pub(super) is_signature: bool,
    /// What stands for the secret where a command is printed.
    pub(super) placeholder: String,
    text: String,
}

impl CredentialArgs {
    /// The credential of the way that is meant. Where it is printed, and unless it signs, it holds
    /// variables of a shell instead of what is secret.
    pub(super) fn choose(
        &self,
        sender: &str,
        ways: &[Way],
        url: &str,
        is_printed: bool,
    ) -> Result<Chosen, Failure> {
        let way = self.way(sender, ways)?;
        let is_signature = !has_user(way) && !is_token(way);
        let own = match way {
            _ if has_user(way) => "RECEIVER_PASSWORD",
            _ if is_token(way) => "RECEIVER_TOKEN",
            _ => VARIABLE,
        };
        // The variable that holds it where this command runs, so that the printed one finds it too.
        let held = match self.secrets.variable() {
            Some(named) => named,
            None if variable(own)?.is_none() && variable(VARIABLE)?.is_some() => VARIABLE,
            None => own,
        };
        let placeholder = format!("${held}");
        if is_printed && !placeholder.chars().skip(1).all(|c| c.is_ascii_alphanumeric() || c == '_')
        {
            return Err(Failure::new("--secret-env: a shell has no variable of that name"));
        }
        let is_secret = is_signature || !is_printed;
        let given =
            if is_secret { self.given(own)? } else { Given::said(String::new(), &placeholder)? };
        let credential = way.credential(&given.text).map_err(|error| given.unusable(error))?;
        let credential = if is_signature {
            credential.with_public_url(self.public_url.as_deref().unwrap_or(url))
        } else if is_printed {
            credential.with_user(&match &self.user {
                Some(_) => "$RECEIVER_USER".to_owned(),
                None => format!("${{RECEIVER_USER:-{sender}}}"),
            })
        } else {
            credential.with_user(&self.user(sender)?)
        };
        Ok(Chosen { credential, is_signature, placeholder, text: given.text })
    }

    /// Whether standard input is taken, so that nothing else can be read from it.
    pub(super) fn takes_stdin(&self) -> bool {
        let is_asked = [&self.password, &self.token].into_iter().flatten().any(|it| it == "-");
        self.secrets.takes_stdin() || is_asked && !io::stdin().is_terminal()
    }

    fn way<'w>(&self, sender: &str, ways: &'w [Way]) -> Result<&'w Way, Failure> {
        let fits = |way: &&Way| match (&self.way, &self.token) {
            (Some(name), _) => place::name(way) == *name,
            _ if self.password.is_some() || self.user.is_some() => has_user(way),
            (None, Some(_)) => is_token(way),
            (None, None) => true,
        };
        ways.iter().find(fits).ok_or_else(|| {
            let names: Vec<_> = ways.iter().map(place::name).collect();
            Failure::new(format!("{sender} proves itself by: {}", names.join(", ")))
        })
    }

    fn given(&self, own: &str) -> Result<Given, Failure> {
        match (&self.password, &self.token) {
            (Some(text), _) => Given::said("the password".to_owned(), text),
            (_, Some(text)) => Given::said("the token".to_owned(), text),
            _ => self.secrets.first(&[own, VARIABLE]),
        }
    }

    fn user(&self, sender: &str) -> Result<String, Failure> {
        let user = match &self.user {
            Some(user) => Some(user.clone()),
            None => variable("RECEIVER_USER")?,
        };
        Ok(user.unwrap_or_else(|| sender.to_owned()))
    }
}

impl Chosen {
    pub(super) fn way(&self) -> &Way {
        self.credential.way()
    }

    pub(super) fn shown(&self) -> Shown<'_> {
        Shown::without(&self.text)
    }
}
