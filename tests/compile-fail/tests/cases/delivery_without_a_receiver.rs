//! A delivery made by its constructor, which only `Receiver::verify` can call.

use std::time::SystemTime;

use receiver_core::{Delivery, KeyId, Proof, Request};

fn main() {
    let headers: Vec<(&str, &str)> = Vec::new();
    let request = Request::new("POST", "/", &headers);
    let proof = Proof::new("forged", KeyId::new("1"));

    let delivery = Delivery::proven(request, "acme", proof, SystemTime::now());
    let _ = delivery;
}
