//! How much faster a Standard Webhooks delivery is verified than by the crate `svix`: the goal V3.
//!
//! `cargo run --release --manifest-path tests/measured/peers/svix/Cargo.toml`; what is measured and how are those of
//! `cargo bench -p receiver-core --bench speed`.

use std::hint::black_box;
use std::time::SystemTime;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use goal::{Bound, Goal};
use message::Message;
use rounds::Rounds;
use subject::{SECRET, Subject};

#[expect(dead_code, reason = "the bench has more kinds of goals")]
#[path = "../../../../../receiver-core/benches/speed/goal.rs"]
mod goal;
#[path = "../../../../../receiver-core/benches/speed/message.rs"]
mod message;
#[path = "../../../../../receiver-core/benches/speed/middle.rs"]
mod middle;
#[expect(dead_code, reason = "the bench has tables too")]
#[path = "../../../../../receiver-core/benches/speed/rounds.rs"]
mod rounds;
#[expect(dead_code, reason = "the bench has more schemes")]
#[path = "../../../../../receiver-core/benches/speed/subject.rs"]
mod subject;

fn main() {
    let svix = svix::webhooks::Webhook::new(&BASE64_STANDARD.encode(SECRET)).expect("a key");
    for (size, bytes) in [("1 KiB", 1 << 10), ("1 MiB", 1 << 20)] {
        let subject = Subject::standard_webhooks(bytes);
        let Message { headers, body } = &subject.message;
        // It reads the clock, so ours does.
        let rounds = Rounds::of([
            &mut || {
                let request = black_box(subject.message.request());
                assert!(subject.scheme.verify(&request, SystemTime::now()).is_ok());
            },
            &mut || assert!(svix.verify(black_box(body), black_box(headers)).is_ok()),
        ]);
        let goal = Goal {
            name: "V3",
            figure: format!("times faster than the crate `svix`, {size}"),
            bound: Some(Bound::AtLeast(5.0)),
            measured: rounds.middle(|[ours, svix]| svix / ours),
        };
        println!("{goal}");
    }
}
