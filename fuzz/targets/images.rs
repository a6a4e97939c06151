#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| friender_fuzz::images::check(input));
