//! What the portal writes to its log, kept so that a test can say why something went wrong.

use std::io::Write;
use std::sync::{Mutex, Once};

use tracing_subscriber::EnvFilter;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Keeps warnings and errors from here on.
pub fn listen_to_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("warn,actix_server=error"))
            .with_ansi(false)
            .with_writer(|| Kept)
            .init();
    });
}

/// The lines of the log that contain a text.
pub fn logged_about(text: &str) -> String {
    let lines = LINES.lock().expect("nobody panics while writing a line");
    let log = String::from_utf8_lossy(&lines);
    log.lines().filter(|line| line.contains(text)).collect::<Vec<_>>().join("\n")
}

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().expect("nobody panics while writing a line").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
