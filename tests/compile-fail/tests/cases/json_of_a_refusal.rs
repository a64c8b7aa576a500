//! A refused request's JSON: a rejection gives no delivery, so there is nothing to read it from.

use std::time::SystemTime;

use receiver_core::{Event, Receiver, Request};

fn read<E: Event>(receiver: &Receiver<E>, request: &Request<'_>) {
    let rejection = receiver.verify(request, SystemTime::now()).unwrap_err();
    let _ = rejection.json::<u32>();
}

fn main() {}
