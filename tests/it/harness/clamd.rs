//! A real clamd with one signature of our own, on an address of its own.

use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use youth_charter::config::ScannerPlace;

use super::nobodys_address;

/// What our signature finds. It does nobody harm.
pub const HARM: &[u8] = b"these words stand for a virus in a test of the portal";

pub struct Clamd {
    child: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Clamd {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = nobodys_address();
        std::fs::create_dir(folder.path().join("signatures")).expect("a folder");
        let signature = format!("Portal.Test.Harm:0:*:{}\n", hex::encode(HARM));
        std::fs::write(folder.path().join("signatures/portal.ndb"), signature).expect("a signature");
        let settings = format!(
            "Foreground yes\nTCPSocket {}\nTCPAddr 127.0.0.1\nDatabaseDirectory {}\nStreamMaxLength 25M\n",
            address.port(),
            folder.path().join("signatures").display(),
        );
        let path = folder.path().join("clamd.conf");
        std::fs::write(&path, settings).expect("settings");
        let child = Command::new("clamd")
            .env("PATH", format!("{}:/usr/sbin:/usr/local/sbin", std::env::var("PATH").unwrap_or_default()))
            .arg("--config-file")
            .arg(&path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd is installed (Debian and Ubuntu: the package clamav-daemon)");
        let answers = (0..300).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            TcpStream::connect(address).is_ok()
        });
        assert!(answers, "clamd did not start in 30 seconds");
        Self { child, address, _folder: folder }
    }

    pub fn place(&self) -> ScannerPlace {
        ScannerPlace::Tcp(self.address.to_string())
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
