//! What must not compile: reading an event from a body that is not verified, and the ways around it.
//!
//! `control.rs` is the same program with the proof in it, and compiles: so the others fail for the
//! reason they are here for.

#[test]
fn an_event_is_read_from_a_proven_delivery_or_not_at_all() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/cases/compiles/control.rs");
    cases.compile_fail("tests/cases/*.rs");
}
