//! What other implementations say of the same keys and bodies.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "a test that cannot go on fails, and says where"
)]

#[path = "differential/cpython.rs"]
mod cpython;
#[path = "differential/standardwebhooks.rs"]
mod standardwebhooks;
