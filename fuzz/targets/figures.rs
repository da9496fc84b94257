//! Feeds any bytes to [`checks::figures`].

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code)] // each target calls one function of many
mod checks;

libfuzzer_sys::fuzz_target!(
    init: { checks::embedded(); }, // takes seconds with sanitizers: not at the first input's expense
    |bytes: &[u8]| checks::figures(bytes)
);
