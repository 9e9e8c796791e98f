//! Any bytes under any name: what is taken has a harmless name and the size it came with.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use youth_charter::files::accept_file;

fuzz_target!(|sent: (String, Vec<u8>)| {
    let (name, bytes) = sent;
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(&bytes).expect("a temporary file takes bytes");
    if let Ok(taken) = accept_file(file.into_temp_path(), &name) {
        assert!(!taken.name.is_empty() && taken.name.chars().count() <= 100);
        assert!(!taken.name.contains(['/', '\\', '"', '\r', '\n', '\0']), "{:?}", taken.name);
    }
});
