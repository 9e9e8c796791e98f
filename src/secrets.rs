//! The portal's own key, and small secrets sealed with it, so that a stolen database alone gives none of them away.
//! A sealed secret opens only for the record it was sealed for.
//! Not here: passwords and tokens, of which only hashes are kept.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use rand::seq::IndexedRandom;

use crate::error::{Error, Result};

const NONCE_BYTES: usize = 24;
/// Without letters and digits that are taken for each other.
const CODE_ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 32 random bytes. Clones share them; they are never printed.
#[derive(Clone)]
pub struct SecretKey(Arc<[u8; 32]>);

impl SecretKey {
    /// A fresh one.
    pub fn new_random() -> Self {
        Self(Arc::new(rand::random()))
    }

    /// From 64 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut bytes = [0; 32];
        match hex::decode_to_slice(text.trim(), &mut bytes) {
            Ok(()) => Ok(Self(Arc::new(bytes))),
            Err(_) => Err("SECRET_KEY must be 64 hexadecimal digits, such as `openssl rand -hex 32` prints".to_owned()),
        }
    }

    /// The key kept in a file, which is made, for its owner's eyes only, if there is none.
    pub fn kept_in(path: &Path) -> Result<Self> {
        let unusable = |cause: &dyn std::fmt::Display| Error::unexpected(format!("{}: {cause}", path.display()));
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).map_err(|_| {
                unusable(&"this is no key; put the right one back, for what it sealed cannot be opened without it")
            }),
            Err(cause) if cause.kind() == ErrorKind::NotFound => {
                let key = Self::new_random();
                key.keep_in(path).map_err(|cause| unusable(&cause))?;
                Ok(key)
            }
            Err(cause) => Err(unusable(&cause)),
        }
    }

    /// Seals a secret for one record; `record` is not secret, and is wanted again to open it.
    pub fn seal(&self, record: &str, secret: &[u8]) -> String {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: record.as_bytes() });
        let sealed = sealed.expect("a short secret can be sealed");
        hex::encode([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed with this key for this record.
    pub fn open(&self, record: &str, sealed: &str) -> Result<Vec<u8>> {
        let closed = || Error::unexpected("a sealed secret does not open: is SECRET_KEY the one it was sealed with?");
        let bytes = hex::decode(sealed).map_err(|_| closed())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(closed)?;
        let payload = Payload { msg: sealed, aad: record.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| closed())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }

    fn keep_in(&self, path: &Path) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        writeln!(file, "{}", hex::encode(*self.0))?;
        file.sync_all()
    }
}

/// A random code that can be read out over the telephone: so many letters and digits after a beginning.
pub fn public_code(beginning: &str, letters: usize) -> String {
    let mut rng = rand::rng();
    let letter = |_| char::from(*CODE_ALPHABET.choose(&mut rng).expect("the alphabet is not empty"));
    beginning.chars().chain((0..letters).map(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_for_the_same_record_only() {
        let key = SecretKey::new_random();
        let sealed = key.seal("asha", b"a secret");
        assert_eq!(key.open("asha", &sealed).ok().as_deref(), Some(&b"a secret"[..]));
        assert!(key.open("ben", &sealed).is_err());
        assert!(SecretKey::new_random().open("asha", &sealed).is_err());
        assert!(key.open("asha", &sealed[..20]).is_err());
        assert_ne!(sealed, key.seal("asha", b"a secret"));
    }

    #[test]
    fn a_key_is_made_once_and_a_damaged_one_stops_the_start() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("data/secret-key");
        let sealed = SecretKey::kept_in(&path).expect("a new key").seal("x", b"y");
        assert!(SecretKey::kept_in(&path).expect("the same key").open("x", &sealed).is_ok());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "half a k").expect("a file can be written");
        assert!(SecretKey::kept_in(&path).is_err());
    }

    #[test]
    fn a_code_can_be_read_out_over_the_telephone() {
        for _ in 0..200 {
            let code = public_code("PL-", 8);
            assert_eq!(code.len(), 11);
            assert!(code.starts_with("PL-"), "{code}");
            assert!(!code[3..].contains(['0', 'O', '1', 'I', 'L', 'U']), "{code}");
        }
    }
}
