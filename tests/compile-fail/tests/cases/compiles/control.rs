//! The proof, then the event, then one answer.

use std::time::SystemTime;

use receiver_core::scheme::Bearer;
use receiver_core::{Event, InvalidSecret, Json, Receiver, Request, Secret};

fn main() -> Result<(), InvalidSecret> {
    let scheme = Bearer::new(Secret::new("correct-horse")?)?;
    let receiver = Receiver::<Json<u32>>::new(scheme);
    let headers = vec![("authorization", "Bearer correct-horse"), ("content-type", "application/json")];
    let request = Request::new("POST", "/", &headers).with_body("42");

    let delivery = receiver.verify(&request, SystemTime::now()).unwrap();
    assert_eq!(*Json::<u32>::from_delivery(&delivery, &Default::default()).unwrap(), 42);

    let received = receiver.receive(&request, SystemTime::now()).unwrap();
    let _ = received.receipt.accepted().into_http(SystemTime::now());
    Ok(())
}
