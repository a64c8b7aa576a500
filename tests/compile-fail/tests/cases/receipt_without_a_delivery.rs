//! An answer to a delivery that was never received: only a receiver makes a receipt.

use receiver_core::Receipt;

fn main() {
    let make = Receipt::new;
    let _ = make;
}
