//! Where secrets come from: the command line, the environment, files, or whoever is asked.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::PathBuf;
use std::{env, fs};

use receiver_core::scheme::Layout;
use receiver_core::{InvalidSecret, Key};

use crate::Failure;

/// Secrets, as the sender's settings show them. Several are valid at once, as during a rotation.
#[derive(clap::Args)]
pub(crate) struct SecretArgs {
    /// A secret; others on this machine can see it in the list of processes. With `-` it is asked
    /// for, or read as a line of standard input
    #[arg(long, value_name = "SECRET", allow_hyphen_values = true)]
    secret: Vec<String>,

    /// The environment variable that holds a secret [default: `RECEIVER_SECRET`]
    #[arg(long, value_name = "NAME")]
    secret_env: Vec<String>,

    /// A file that holds a secret; a line break at its end is left out
    #[arg(long, value_name = "FILE")]
    secret_file: Vec<PathBuf>,
}

impl SecretArgs {
    /// The keys: those of the command line are numbered, the others are called as what they are
    /// from.
    pub(crate) fn keys(&self, layout: &Layout) -> Result<Vec<Key>, Failure> {
        let keys = self.all(&[VARIABLE])?.into_iter().map(|given| {
            let secret = layout.secret(&given.text).map_err(|error| given.unusable(error))?;
            Ok(Key::new(secret).with_id(&given.id))
        });
        keys.collect()
    }

    /// The first one, which is what a sender sends. Where no option says it, it is in the first of
    /// these variables that is set.
    pub(crate) fn first(&self, variables: &[&str]) -> Result<Given, Failure> {
        let first = self.all(variables)?.into_iter().next();
        first.ok_or_else(|| Failure::new("there is no secret"))
    }

    /// The variable that the first one is from, if an option names one.
    pub(crate) fn variable(&self) -> Option<&str> {
        self.secret_env.first().filter(|_| self.secret.is_empty()).map(String::as_str)
    }

    fn all(&self, variables: &[&str]) -> Result<Vec<Given>, Failure> {
        let mut all = Vec::new();
        for (number, text) in (1_u32..).zip(&self.secret) {
            let id = number.to_string();
            all.push(Given { of: format!("secret {id}"), ..Given::said(id, text)? });
        }
        for name in &self.secret_env {
            let text = variable(name)?.ok_or_else(|| Failure::new(format!("{name} is not set")))?;
            all.push(Given::called(name, text));
        }
        for path in &self.secret_file {
            let name = path.display().to_string();
            let text = fs::read_to_string(path)
                .map_err(|error| Failure::new(format!("{name}: {error}")))?;
            all.push(Given::called(&name, without_break(&text).to_owned()));
        }
        if all.is_empty() {
            all.push(unnamed(variables)?);
        }
        Ok(all)
    }

    /// Whether standard input is taken, so that nothing else can be read from it.
    pub(crate) fn takes_stdin(&self) -> bool {
        self.secret.iter().any(|text| text == "-") && !io::stdin().is_terminal()
    }
}

/// A secret as the sender's settings show it.
pub(crate) struct Given {
    id: String,
    /// What an error calls it.
    of: String,
    pub(crate) text: String,
}

impl Given {
    /// What an option says, or what is asked for where it says `-`.
    pub(crate) fn said(id: String, text: &str) -> Result<Self, Failure> {
        let text = if text == "-" { ask()? } else { text.to_owned() };
        Ok(Self { of: id.clone(), id, text })
    }

    fn called(name: &str, text: String) -> Self {
        Self { id: name.to_owned(), of: name.to_owned(), text }
    }

    pub(crate) fn unusable(&self, error: InvalidSecret) -> Failure {
        Failure::new(format!("{} cannot be used: {error}", self.of))
    }
}

/// Where no option says which: the first variable that is set, or whoever sits at the terminal.
fn unnamed(variables: &[&str]) -> Result<Given, Failure> {
    for name in variables {
        if let Some(text) = variable(name)? {
            return Ok(Given::called(name, text));
        }
    }
    if io::stdin().is_terminal() {
        return Ok(Given { id: "1".to_owned(), of: "the secret".to_owned(), text: ask()? });
    }
    let first = variables.first().copied().unwrap_or(VARIABLE);
    Err(Failure::new(format!(
        "there is no secret: set {first}, or give --secret-env NAME, --secret-file FILE or --secret -"
    )))
}

/// What a variable of the environment is set to, if it is.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(text) => Ok(Some(text)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Failure::new(format!("{name} is not UTF-8"))),
    }
}

/// Asks at the terminal without showing what is typed, or takes the next line.
fn ask() -> Result<String, Failure> {
    let unread = |error: io::Error| Failure::new(format!("the secret cannot be read: {error}"));
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("secret: ").map_err(unread);
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(unread)?;
    Ok(without_break(&line).to_owned())
}

/// Editors end a file with a line break that is no part of the secret.
fn without_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

pub(crate) const VARIABLE: &str = "RECEIVER_SECRET";

#[cfg(test)]
mod tests {
    use super::without_break;

    #[test]
    fn one_line_break_at_the_end_is_no_part_of_a_secret() {
        assert_eq!(without_break("a b\n"), "a b");
        assert_eq!(without_break("a\r\n"), "a");
        assert_eq!(without_break("a\n\n"), "a\n");
        assert_eq!(without_break(" a "), " a ");
    }
}
