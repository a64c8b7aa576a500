//! An event read from bytes: it implements no `Deserialize` that would let it be.

use receiver_core::cmmshere;

fn main() {
    let event = serde_json::from_slice::<cmmshere::Event>(b"{}");
    let _ = event;
}
