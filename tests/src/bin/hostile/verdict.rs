//! `Verdict`: what a server was held to, and what of it was wrong.

use std::fmt::Display;

/// Each thing that was judged, by what is said of a server that breaks it.
#[derive(Debug, Default)]
pub(crate) struct Verdict(Vec<Judged>);

#[derive(Debug)]
struct Judged {
    complaint: String,
    /// What was seen, if it was wrong.
    seen: Option<String>,
}

impl Verdict {
    /// Complains, with what was seen, unless this is right. That it was judged is kept either way: it
    /// needs a server that provokes the complaint.
    pub(crate) fn hold(
        &mut self,
        is_right: bool,
        complaint: impl Into<String>,
        seen: impl Display,
    ) {
        let seen = (!is_right).then(|| seen.to_string());
        self.0.push(Judged { complaint: complaint.into(), seen });
    }

    /// Whatever there might have been to complain of.
    pub(crate) fn judged(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|judged| judged.complaint.as_str())
    }

    /// What there is to complain of.
    pub(crate) fn wrong(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|judged| judged.seen.is_some()).map(|it| it.complaint.as_str())
    }

    pub(crate) fn is_right(&self) -> bool {
        self.wrong().next().is_none()
    }

    /// Whether every complaint that begins so is made, and there is one.
    pub(crate) fn complains(&self, beginning: &str) -> bool {
        let mut such = self.0.iter().filter(|it| it.complaint.starts_with(beginning)).peekable();
        such.peek().is_some() && such.all(|judged| judged.seen.is_some())
    }

    /// The complaints that begin so, in words.
    pub(crate) fn told(&self, beginning: &str) -> String {
        let such = self.0.iter().filter(|judged| judged.complaint.starts_with(beginning));
        let told = such.filter_map(|judged| {
            let seen = judged.seen.as_deref()?;
            Some(format!("{} ({seen})", judged.complaint))
        });
        told.collect::<Vec<_>>().join("; ")
    }
}
