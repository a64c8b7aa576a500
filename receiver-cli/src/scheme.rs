//! `--scheme` and what goes with it: how the sender signs, the time, the URL.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use receiver_core::Key;
use receiver_core::explain::{Explain, Explanation};
use receiver_core::scheme::catalog::{self, UNCOVERED};
use receiver_core::scheme::{InvalidUrl, Layout, Tolerance};

use crate::config::Config;
use crate::screen::plain;
use crate::{Failure, moment};

/// How the sender signs.
#[derive(clap::Args)]
pub(crate) struct SchemeArgs {
    /// The scheme: a name of `receiver list schemes`, or of the configuration file
    #[arg(long, value_name = "NAME")]
    pub(crate) scheme: String,

    /// Schemes of your own: a JSON file, {"schemes": {"NAME": LAYOUT}}
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// The time to judge signed timestamps by, in seconds since 1970 [default: when the file says
    /// the request was received, else now]
    #[arg(long, value_name = "UNIX_SECONDS", value_parser = moment::from_seconds)]
    pub(crate) now: Option<SystemTime>,

    /// The URL that the sender was given, for senders that sign it
    #[arg(long, value_name = "PUBLIC_URL")]
    pub(crate) url: Option<String>,
}

impl SchemeArgs {
    pub(crate) fn layout(&self) -> Result<Layout, Failure> {
        let config = Config::read(self.config.as_deref())?;
        find(&self.scheme, &config)
    }

    /// The scheme with these keys.
    pub(crate) fn explain(
        &self,
        layout: Layout,
        keys: Vec<Key>,
        tolerance: Option<u64>,
    ) -> Result<Explain, Failure> {
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or_else(|| Failure::new("there is no secret"))?;
        let mut explain = keys.fold(Explain::new(layout, first), Explain::with);
        if let Some(seconds) = tolerance {
            explain = explain.with_tolerance(Tolerance::both(Duration::from_secs(seconds)));
        }
        match self.url()? {
            Some(url) => explain.with_public_url(url).map_err(about_url),
            None => Ok(explain),
        }
    }

    /// The public URL, without which a sender that signs it cannot be verified.
    pub(crate) fn url(&self) -> Result<Option<&str>, Failure> {
        if self.url.is_none() && self.layout()?.needs_public_url() {
            let name = &self.scheme;
            return Err(Failure::new(format!(
                "{name} signs the URL it was given: say which with --url"
            )));
        }
        Ok(self.url.as_deref())
    }
}

pub(crate) fn about_url(error: InvalidUrl) -> Failure {
    Failure::new(format!("--url: {error}"))
}

/// The scheme of this name. A configuration's own come first.
pub(crate) fn find(name: &str, config: &Config) -> Result<Layout, Failure> {
    let own = config.schemes.get(name);
    let known = || catalog::find(name).map(catalog::Sender::layout);
    own.or_else(known).cloned().ok_or_else(|| Failure::new(unknown(name, config, &[])))
}

/// What is wrong and what would make it right, a line each.
pub(crate) fn reasons(explanation: &Explanation) -> Vec<String> {
    // The first line says that it is refused.
    explanation.to_string().lines().skip(1).map(plain).collect()
}

/// What to say of a name that nothing has: why, if that is known, or the nearest names, of which
/// these could also be meant.
pub(crate) fn unknown(name: &str, config: &Config, also: &[&'static str]) -> String {
    let kebab = |title: &str| title.to_lowercase().replace(' ', "-");
    if let Some(sender) = UNCOVERED.iter().find(|it| kebab(it.title) == kebab(name)) {
        return format!("{} cannot be verified here: {}", sender.title, sender.because);
    }
    let mut names: Vec<&str> = catalog::senders().map(catalog::Sender::name).collect();
    names.extend(config.schemes.keys().map(String::as_str));
    names.extend(also);
    names.sort_unstable();
    names.dedup();
    let wanted = kebab(name).replace('_', "-");
    let mut near: Vec<_> = names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let near: Vec<_> = near.iter().take(3).map(|(_, name)| *name).collect();
    let hint = match near.as_slice() {
        [] => "`receiver list schemes` has all names".to_owned(),
        near => format!("did you mean {}? `receiver list schemes` has all names", near.join(", ")),
    };
    format!("there is no scheme of the name {name:?}: {hint}")
}

#[cfg(test)]
mod tests {
    use super::{Config, unknown};

    #[track_caller]
    fn check(name: &str, expected: &str) {
        let said = unknown(name, &Config::default(), &[]);
        assert!(said.contains(expected), "{name}: {said}");
    }

    #[test]
    fn a_name_that_is_nearly_right_is_told_the_right_one() {
        check("Stripe ", "did you mean stripe");
        check("githb", "did you mean github");
        check("hubspot_v3", "did you mean hubspot-v3");
        check("standard_webhooks", "did you mean standard-webhooks");
        check("qqqq", "`receiver list schemes` has all names");
    }

    #[test]
    fn a_sender_that_no_row_can_say_is_told_why() {
        check("paypal", "PayPal cannot be verified here: RSA");
        check("aws-sns", "AWS SNS cannot be verified here");
    }
}
