//! An event read from a request: nobody has proven who sent it.

use receiver_core::{Event, Json, Request};

fn main() {
    let headers: Vec<(&str, &str)> = Vec::new();
    let request = Request::new("POST", "/", &headers).with_body("42");

    let event = Json::<u32>::from_delivery(&request, &Default::default());
    let _ = event;
}
