//! A secret printed, and a secret written as JSON.

use receiver_core::Secret;

fn leak(secret: &Secret) {
    println!("{secret}");
    let _ = serde_json::to_string(secret);
}

fn main() {}
