#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| receiver_fuzz::ed25519::public_key(input));
