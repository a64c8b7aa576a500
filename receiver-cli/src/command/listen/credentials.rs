//! Who may deliver: what the environment says, and for all others one secret made up for this run.

use std::cell::RefCell;
use std::env::{self, VarError};
use std::io::{self, Write};

use receiver_core::scheme::KeyForm;

use crate::command::secret::Form;
use crate::{Failure, random};

/// The secrets of a run.
pub(super) struct Credentials {
    made_up: Vec<u8>,
    /// The variables that are set.
    set: RefCell<Vec<String>>,
}

impl Credentials {
    pub(super) fn new() -> Result<Self, Failure> {
        Ok(Self { made_up: random::bytes(32)?, set: RefCell::default() })
    }

    /// The secret of the sender of this name.
    pub(super) fn secret(&self, name: &str, form: KeyForm) -> Result<String, Failure> {
        let variable = variable(name);
        match env::var(&variable) {
            Ok(text) if text.trim().is_empty() => {
                Err(Failure::new(format!("{variable} is set to nothing")))
            }
            Ok(text) => {
                self.set.borrow_mut().push(variable);
                Ok(text)
            }
            Err(VarError::NotPresent) => Ok(Form::of(form).write(&self.made_up)),
            Err(VarError::NotUnicode(_)) => Err(Failure::new(format!("{variable} is not UTF-8"))),
        }
    }

    /// Says where deliveries go and with which secret: the one place that prints one.
    pub(super) fn introduce(
        &self,
        to: &mut impl Write,
        url: &str,
        own: &[String],
    ) -> io::Result<()> {
        let set = self.set.borrow();
        writeln!(to, "listening on {url}")?;
        writeln!(to, "senders: {url}/webhooks/NAME, for NAME see `receiver list schemes`")?;
        for name in own {
            writeln!(to, "         {url}/webhooks/{name}")?;
        }
        for variable in set.iter() {
            writeln!(to, "set: {variable}")?;
        }
        writeln!(to, "made up for this run, for all others:")?;
        for (form, title) in FORMS {
            writeln!(to, "  {title:7}{}", form.write(&self.made_up))?;
        }
        if !set.contains(&variable("rabbot")) {
            let token = Form::Text.write(&self.made_up);
            writeln!(
                to,
                "try: curl -i '{url}/webhooks/rabbot' -H 'Authorization: {token}' \
                 -H 'Content-Type: application/json' -d '{{\"placa\":\"ABC1D23\"}}'"
            )?;
        }
        to.flush()
    }
}

/// The variable that holds the secret of the sender of this name.
fn variable(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("RECEIVER_SECRET_{}", name.chars().map(letter).collect::<String>())
}

const FORMS: [(Form, &str); 4] =
    [(Form::Text, "text"), (Form::Base64, "base64"), (Form::Whsec, "whsec"), (Form::Hex, "hex")];

#[cfg(test)]
mod tests {
    use super::variable;

    #[test]
    fn a_variable_is_the_name_in_capitals() {
        assert_eq!(variable("github-sha1"), "RECEIVER_SECRET_GITHUB_SHA1");
        assert_eq!(variable("acme.eu"), "RECEIVER_SECRET_ACME_EU");
    }
}
