//! The search: one change at a time, and with each of them all that may be wrong with the secret.

use std::time::SystemTime;

use super::{Change, Explain, Hypothesis, body, key, layout, secret, time, url};
use crate::scheme::{Layout, Part, Signature, Timestamp, UrlForm};
use crate::{Key, KeyId, Request, Scheme, Secret};

/// The hypotheses, and how many signatures they took at most.
pub(super) fn hypotheses(
    explain: &Explain,
    request: &Request<'_>,
    now: SystemTime,
) -> (Vec<Hypothesis>, usize) {
    let mut search = Search { ring: ring(explain, now), now, found: Vec::new(), macs: 0 };
    let (own, public_url) = (&explain.layout, explain.public_url.as_deref());
    // The simplest first: what explains a failure makes the less likely idle.
    search.attempt(&[], own, public_url, request);
    if search.found.is_empty() {
        for (changes, other) in layout::variants(own, request) {
            search.attempt(&changes, &other, public_url, request);
        }
    }
    if search.found.is_empty() {
        for variant in url::variants(own, public_url, request) {
            let request = request.with_query(variant.query.as_deref());
            search.attempt(&variant.changes, own, Some(&variant.base), &request);
        }
    }
    if search.found.is_empty() && own.depends_on_body() {
        for (change, bytes) in body::variants(request.body()) {
            let request = request.with_body(&bytes);
            search.attempt(&[Change::Body(change)], own, public_url, &request);
        }
    }
    (simplest(search.found), search.macs)
}

struct Search {
    ring: Vec<Candidate>,
    now: SystemTime,
    found: Vec<Hypothesis>,
    macs: usize,
}

/// A secret to try: a key's own, or something made of it.
struct Candidate {
    key: KeyId,
    changes: Vec<Change>,
    secret: Secret,
}

impl Search {
    /// Verifies with every secret, and without judging the times of keys and request: whether they
    /// are right is asked of a signature that is.
    fn attempt(
        &mut self,
        changes: &[Change],
        layout: &Layout,
        url: Option<&str>,
        request: &Request<'_>,
    ) {
        let timeless = layout.timestamp().cloned().map(Timestamp::unenforced);
        let timeless = Layout { timestamp: timeless, ..layout.clone() };
        let Some(scheme) = self.scheme(timeless, url) else { return };
        let urls = if layout.content().contains(&EITHER_PORT) { 2 } else { 1 };
        self.macs = self.macs.saturating_add(self.ring.len().saturating_mul(urls));

        let Ok(proof) = scheme.verify(request, self.now) else { return };
        let place: Option<usize> = proof.key().as_str().parse().ok();
        let Some(candidate) = place.and_then(|place| self.ring.get(place)) else { return };
        let mut all = candidate.changes.clone();
        all.extend_from_slice(changes);
        all.extend(time::changes(layout, request, self.now).into_iter().map(Change::Time));
        if !all.is_empty() {
            self.found.push(Hypothesis { changes: all, key: candidate.key.clone() });
        }
    }

    fn scheme(&self, layout: Layout, url: Option<&str>) -> Option<Signature> {
        let mut keys = self.ring.iter().enumerate().map(|(place, candidate)| {
            Key::new(candidate.secret.clone()).with_id(&place.to_string())
        });
        let first = Signature::of(layout, &keys.next()?);
        let scheme = keys.fold(first, |scheme, key| scheme.with_another(&key));
        match url {
            Some(url) => scheme.with_public_url(url).ok(),
            None => Some(scheme),
        }
    }
}

fn ring(explain: &Explain, now: SystemTime) -> Vec<Candidate> {
    let mut ring = Vec::new();
    for (id, key) in explain.keys() {
        let window = key::change(key, now).map(Change::Key);
        for (change, secret) in secret::variants(key.secret()) {
            let changes = window.iter().cloned().chain(change.map(Change::Secret)).collect();
            ring.push(Candidate { key: id.clone(), changes, secret });
        }
    }
    ring
}

/// Without those that change what another leaves as it is.
fn simplest(found: Vec<Hypothesis>) -> Vec<Hypothesis> {
    let is_simpler = |one: &Hypothesis, other: &Hypothesis| {
        one.changes.len() < other.changes.len()
            && one.changes.iter().all(|change| other.changes.contains(change))
    };
    let keep: Vec<_> =
        found.iter().map(|one| !found.iter().any(|other| is_simpler(other, one))).collect();
    found.into_iter().zip(keep).filter_map(|(one, keep)| keep.then_some(one)).collect()
}

const EITHER_PORT: Part = Part::Url(UrlForm::EitherPort);

/// As it is, and every list at its longest.
pub(super) const MOST_ATTEMPTS: usize =
    1_usize.saturating_add(layout::MOST).saturating_add(url::MOST).saturating_add(body::MOST);
