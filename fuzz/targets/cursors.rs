#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| friender_fuzz::cursors::check(input));
