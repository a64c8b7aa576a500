//! `receiver secret`: a good secret, in the form that a sender wants.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use clap::ValueEnum;
use receiver_core::scheme::KeyForm;

use crate::config::Config;
use crate::screen::Screen;
use crate::{Failure, random};

/// Make a secret of random bytes
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Secret {
    /// The form it is written in
    #[arg(long, value_enum, default_value_t = Form::Text)]
    form: Form,

    /// The form that this scheme wants, a name of `receiver list schemes`
    #[arg(long, value_name = "NAME", conflicts_with = "form")]
    scheme: Option<String>,

    /// Schemes of your own, as for `receiver verify`
    #[arg(long, value_name = "FILE", requires = "scheme")]
    config: Option<PathBuf>,

    /// How many random bytes, 24 to 64
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u8).range(24..=64))]
    bytes: u8,
}

/// How a secret is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// Letters, digits, `-` and `_`: for passwords, tokens, and keys that are used as they stand
    Text,
    /// Base64
    Base64,
    /// `whsec_` and base64, as Standard Webhooks says
    Whsec,
    /// Hexadecimal
    Hex,
}

impl Secret {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let form = match &self.scheme {
            Some(name) => {
                let config = Config::read(self.config.as_deref())?;
                Form::of(crate::scheme::find(name, &config)?.key_form())
            }
            None => self.form,
        };
        let mut screen = Screen::new();
        writeln!(screen, "{}", form.write(&random::bytes(usize::from(self.bytes))?))?;
        screen.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Form {
    /// The form that a sender's settings take.
    pub(crate) fn of(key: KeyForm) -> Self {
        match key {
            KeyForm::Base64 => Self::Base64,
            KeyForm::Whsec => Self::Whsec,
            KeyForm::Hex => Self::Hex,
            // Any text does.
            _ => Self::Text,
        }
    }

    pub(crate) fn write(self, bytes: &[u8]) -> String {
        match self {
            Self::Text => BASE64_URL_SAFE_NO_PAD.encode(bytes),
            Self::Base64 => BASE64_STANDARD.encode(bytes),
            Self::Whsec => format!("whsec_{}", BASE64_STANDARD.encode(bytes)),
            Self::Hex => {
                let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
                bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
            }
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  receiver secret
  receiver secret --form whsec > key
  receiver secret --scheme squarespace";

#[cfg(test)]
mod tests {
    use receiver_core::scheme::{KeyForm, catalog};

    use super::Form;

    #[test]
    fn every_form_is_read_back() {
        let bytes = [0xfb; 32];
        for form in [KeyForm::Base64, KeyForm::Whsec, KeyForm::Hex] {
            let read = form.read(&Form::of(form).write(&bytes)).expect("a secret");
            assert_eq!(read.expose(), bytes, "{form:?}");
        }
    }

    #[test]
    fn every_scheme_takes_the_secret_made_for_it() {
        for sender in catalog::senders() {
            let text = Form::of(sender.layout().key_form()).write(&[7; 24]);
            assert!(sender.secret(&text).is_ok(), "{}", sender.name());
        }
    }
}
