//! A delivery made by hand: its fields are private.

use std::time::SystemTime;

use receiver_core::{Delivery, KeyId, Proof, Request};

fn main() {
    let headers: Vec<(&str, &str)> = Vec::new();
    let request = Request::new("POST", "/", &headers);
    let (proof, received_at) = (Proof::new("forged", KeyId::new("1")), SystemTime::now());

    let delivery = Delivery { request, sender: "acme", proof, received_at };
    let _ = delivery;
}
