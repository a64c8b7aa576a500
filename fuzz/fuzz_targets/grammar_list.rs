#![no_main]

use receiver_fuzz::targets::{GRAMMARS, grammar};

libfuzzer_sys::fuzz_target!(|input: &[u8]| grammar(&GRAMMARS[3].1, input));
