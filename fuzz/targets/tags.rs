#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| friender_fuzz::tags::check(input));
