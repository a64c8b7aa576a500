#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| receiver_fuzz::service::tenants(input));
