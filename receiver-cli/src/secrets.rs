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
        let mut keys = Vec::new();
        for (number, text) in (1_u32..).zip(&self.secret) {
            let name = number.to_string();
            let asked = if text == "-" { Some(ask()?) } else { None };
            let of = format!("secret {name}");
            keys.push(key(layout, asked.as_ref().unwrap_or(text), &of)?.with_id(&name));
        }
        for name in &self.secret_env {
            let text = env::var(name).map_err(|error| match error {
                env::VarError::NotPresent => Failure::new(format!("{name} is not set")),
                env::VarError::NotUnicode(_) => Failure::new(format!("{name} is not UTF-8")),
            })?;
            keys.push(key(layout, &text, name)?.with_id(name));
        }
        for path in &self.secret_file {
            let name = path.display().to_string();
            let text = fs::read_to_string(path)
                .map_err(|error| Failure::new(format!("{name}: {error}")))?;
            keys.push(key(layout, without_break(&text), &name)?.with_id(&name));
        }
        if keys.is_empty() {
            keys.push(unnamed(layout)?);
        }
        Ok(keys)
    }

    /// Whether standard input is taken, so that nothing else can be read from it.
    pub(crate) fn takes_stdin(&self) -> bool {
        self.secret.iter().any(|text| text == "-") && !io::stdin().is_terminal()
    }
}

/// Where no option says which: the variable, or whoever sits at the terminal.
fn unnamed(layout: &Layout) -> Result<Key, Failure> {
    match env::var(VARIABLE) {
        Ok(text) => Ok(key(layout, &text, VARIABLE)?.with_id(VARIABLE)),
        Err(env::VarError::NotUnicode(_)) => Err(Failure::new(format!("{VARIABLE} is not UTF-8"))),
        Err(env::VarError::NotPresent) if io::stdin().is_terminal() => {
            Ok(key(layout, &ask()?, "the secret")?.with_id("1"))
        }
        Err(env::VarError::NotPresent) => Err(Failure::new(format!(
            "there is no secret: set {VARIABLE}, or give --secret-env NAME, --secret-file FILE or \
             --secret -"
        ))),
    }
}

fn key(layout: &Layout, text: &str, of: &str) -> Result<Key, Failure> {
    let unusable = |error: InvalidSecret| Failure::new(format!("{of} cannot be used: {error}"));
    Ok(Key::new(layout.secret(text).map_err(unusable)?))
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

const VARIABLE: &str = "RECEIVER_SECRET";

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
