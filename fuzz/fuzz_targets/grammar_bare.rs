#![no_main]

use receiver_fuzz::targets::{GRAMMARS, grammar};

libfuzzer_sys::fuzz_target!(|input: &[u8]| grammar(&GRAMMARS[0].1, input));
