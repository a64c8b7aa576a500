//! Two answers to one delivery.

use receiver_core::{Receipt, Reply};

fn answer(receipt: Receipt) -> (Reply, Reply) {
    (receipt.accepted(), receipt.gone())
}

fn main() {}
