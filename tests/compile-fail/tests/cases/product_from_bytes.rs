//! Another sender's event read from bytes.

use receiver_core::sintegre;

fn main() {
    let product = serde_json::from_slice::<sintegre::ProductPublished>(b"{}");
    let _ = product;
}
