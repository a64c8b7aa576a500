//! `Plan`: the requests, made when they are sent.

use std::time::SystemTime;

use bytes::Bytes;
use http::Request;
use receiver_core::testing::{Fault, Outgoing, Unsendable};

use super::summary::Documented;
use super::trouble::Trouble;
use crate::{Failure, random};

/// Deliveries, in batches within which a fault may change the order.
pub(super) struct Plan {
    outgoings: Vec<Outgoing>,
    fault: Option<Trouble>,
    count: u32,
}

impl Plan {
    /// A plan of so many deliveries, these in turn, all of which can be made.
    pub(super) fn new(
        outgoings: Vec<Outgoing>,
        fault: Option<Trouble>,
        count: u32,
    ) -> Result<Self, Failure> {
        let plan = Self { outgoings, fault, count };
        for outgoing in &plan.outgoings {
            let made = plan.spoilt(std::slice::from_ref(outgoing))?;
            let has_body = made.iter().all(|request| !request.body().is_empty());
            if fault == Some(Trouble::Slow) && !has_body {
                return Err(Failure::new("nothing here can be slow: there is no body"));
            }
        }
        Ok(plan)
    }

    pub(super) fn batches(&self) -> u32 {
        if self.is_reordered() { 1 } else { self.count }
    }

    /// How many requests there are.
    pub(super) fn requests(&self) -> u64 {
        let each = if self.has(Fault::Duplicate) { 2 } else { 1 };
        u64::from(self.count).saturating_mul(each)
    }

    /// The requests of this batch, signed now, each delivery with an id of its own.
    pub(super) fn batch(&self, number: u32) -> Result<Vec<Request<Bytes>>, Failure> {
        let numbers =
            if self.is_reordered() { 0..self.count } else { number..number.saturating_add(1) };
        let skipped = usize::try_from(numbers.start).unwrap_or_default();
        let in_turn = self.outgoings.iter().cycle();
        let start = skipped.checked_rem(self.outgoings.len()).unwrap_or_default();
        let chosen = in_turn.skip(start).zip(numbers);
        let chosen = chosen.map(|(outgoing, _)| Ok(outgoing.clone().with_id(&random::id()?)));
        self.spoilt(&chosen.collect::<Result<Vec<_>, Failure>>()?)
    }

    /// What the fault should be answered with.
    pub(super) fn documented(&self) -> Option<Documented> {
        let strength = self.outgoings.first()?.strength();
        let fault = self.fault?;
        Some(Documented { fault: fault.as_str(), status: fault.status(strength) })
    }

    fn spoilt(&self, batch: &[Outgoing]) -> Result<Vec<Request<Bytes>>, Failure> {
        let now = SystemTime::now();
        let made = match self.fault.and_then(Trouble::fault) {
            Some(fault) => fault.apply(batch, now),
            None => batch.iter().map(|outgoing| outgoing.request(now)).collect(),
        };
        made.map_err(|error| {
            Failure::new(match error {
                Unsendable::Inapplicable(_) => error.to_string(),
                error => format!("it cannot be sent: {error}"),
            })
        })
    }

    fn is_reordered(&self) -> bool {
        self.has(Fault::Reordered)
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(Trouble::Fault(fault))
    }
}
