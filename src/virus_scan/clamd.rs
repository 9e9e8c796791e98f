//! One question to clamd: is there harm in these bytes?

use std::time::Duration;

use actix_web::web::Bytes;
use clamav_client::tokio::{Socket, Tcp, scan_stream};
use futures_util::Stream;

use crate::config::ScannerPlace;

const PATIENCE: Duration = Duration::from_secs(60);

/// What clamd says of a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Opinion {
    Clean,
    /// With its name for what it found.
    Harmful(String),
}

/// Asks clamd. Anything but a plain opinion (it is away, the file is longer than it takes, it broke off) is an error.
pub async fn ask_clamd(
    place: &ScannerPlace,
    bytes: impl Stream<Item = std::io::Result<Bytes>>,
) -> Result<Opinion, String> {
    let asked = async {
        match place {
            ScannerPlace::Tcp(host_address) => scan_stream(bytes, Tcp { host_address }, None).await,
            ScannerPlace::Socket(socket_path) => scan_stream(bytes, Socket { socket_path }, None).await,
        }
    };
    let answer = actix_web::rt::time::timeout(PATIENCE, asked).await.map_err(|_| "it took too long".to_owned())?;
    opinion_in(&answer.map_err(|cause| cause.to_string())?)
}

fn opinion_in(answer: &[u8]) -> Result<Opinion, String> {
    let answer = String::from_utf8_lossy(answer);
    let said = answer.trim_matches(['\0', '\n', ' ']).strip_prefix("stream: ");
    match said.map(|said| (said, said.strip_suffix(" FOUND"))) {
        Some(("OK", _)) => Ok(Opinion::Clean),
        Some((_, Some(finding))) => Ok(Opinion::Harmful(finding.to_owned())),
        _ => Err(format!("it said {answer:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_ok_is_clean() {
        assert_eq!(opinion_in(b"stream: OK\0"), Ok(Opinion::Clean));
        assert_eq!(opinion_in(b"stream: Eicar-OK FOUND\0"), Ok(Opinion::Harmful("Eicar-OK".into())));
        for unsure in [&b""[..], b"stream: OK but", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \xff ERROR\0"] {
            assert!(opinion_in(unsure).is_err());
        }
    }
}
