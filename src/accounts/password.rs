//! Passwords: argon2id, length over rules, and never more than two being worked on at once (each takes 19 MB).

use std::sync::{LazyLock, Mutex};

use actix_web::rt::task::spawn_blocking;
use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::error::{Error, Result};
use crate::words::Flaw;

const LEAST_CHARACTERS: usize = 10;
/// Letters and digits beside the owner's name and our words.
const LEAST_OF_ITS_OWN: usize = 6;
const MOST_CHARACTERS: usize = 200;
const AT_ONCE: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
/// Memory that is used again: else each thread would keep a block of its own.
static BLOCKS: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());
/// Compared with when there is no such account, so that the answer takes as long.
static NOBODYS: LazyLock<String> =
    LazyLock::new(|| hash_here(&hex::encode(rand::random::<[u8; 32]>())).expect("argon2 hashes"));

/// A password good enough to be used. It is never printed.
pub struct Password(String);

impl Password {
    /// 10 to 200 characters that a guesser with lists of common and leaked passwords would need more than a hundred
    /// million tries for. `about` is what is known of its owner: words that a guesser tries first.
    pub fn parse(typed: &str, about: &[&str]) -> Result<Self, Flaw> {
        let length = typed.chars().count();
        match length {
            0 => Err(Flaw::Missing),
            n if n < LEAST_CHARACTERS => Err(Flaw::TooShort(LEAST_CHARACTERS as u64)),
            n if n > MOST_CHARACTERS => Err(Flaw::TooLong(MOST_CHARACTERS as u64)),
            _ if is_guessable(typed, about) => Err(Flaw::Malformed),
            _ => Ok(Self(typed.to_owned())),
        }
    }
}

fn is_guessable(typed: &str, about: &[&str]) -> bool {
    const OURS: &[&str] = &["youth", "charter", "youthcharter", "nottingham", "nottinghamshire", "portal"];
    let about = about.join(" ").to_lowercase();
    let words = about.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    let known: Vec<&str> = OURS.iter().copied().chain(words).collect();
    let rest = known.iter().fold(typed.to_lowercase(), |rest, word| rest.replace(word, ""));
    rest.chars().filter(|c| c.is_alphanumeric()).count() < LEAST_OF_ITS_OWN
        || zxcvbn(typed, &known).score() < Score::Three
}

/// Hashes a password, in PHC form.
pub async fn hash_password(password: Password) -> Result<String> {
    let _turn = TURNS.acquire().await.map_err(Error::unexpected)?;
    spawn_blocking(move || hash_here(&password.0)).await.map_err(Error::unexpected)?
}

/// The hash of a password that nobody knows, for an account that is signed in to in another way.
pub async fn no_password() -> Result<String> {
    hash_password(Password(hex::encode(rand::random::<[u8; 32]>()))).await
}

/// The hash of a password that nobody knows and that is gone when the portal stops.
pub(super) fn unknown_password_hash() -> &'static str {
    &NOBODYS
}

/// [`no_password`] within an act.
pub(super) fn no_password_here() -> Result<String> {
    hash_here(&hex::encode(rand::random::<[u8; 32]>()))
}

/// Is this the password? `hash` is `None` when there is no account: that takes as long, and is always false.
pub async fn verify_password(typed: String, hash: Option<String>) -> Result<bool> {
    let _turn = TURNS.acquire().await.map_err(Error::unexpected)?;
    let known = hash.is_some();
    let matches = spawn_blocking(move || verify_here(&typed, hash.as_deref().unwrap_or(&NOBODYS)));
    Ok(matches.await.map_err(Error::unexpected)?? && known)
}

fn hash_here(password: &str) -> Result<String> {
    tracing::debug!("a password is worked on");
    Ok(Argon2::default().hash_password(password.as_bytes()).map_err(Error::unexpected)?.to_string())
}

fn verify_here(password: &str, phc: &str) -> Result<bool> {
    tracing::debug!("a password is worked on");
    let parsed = PasswordHash::new(phc).map_err(Error::unexpected)?;
    let params = Params::try_from(&parsed).map_err(Error::unexpected)?;
    let (Some(salt), Some(wanted)) = (parsed.salt.as_ref(), parsed.hash.as_ref()) else { return Ok(false) };
    let mut memory = BLOCKS.lock().map_err(Error::unexpected)?.pop().unwrap_or_default();
    memory.resize(params.block_count().max(memory.len()), Block::default());
    let mut found = vec![0; wanted.as_bytes().len()];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password.as_bytes(), salt.as_ref(), &mut found, &mut memory[..])
        .map_err(Error::unexpected)?;
    BLOCKS.lock().map_err(Error::unexpected)?.push(memory);
    let difference = found.iter().zip(wanted.as_bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    Ok(difference == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_phrase_is_taken_and_what_comes_to_mind_first_is_not() {
        assert!(Password::parse("three blue bicycles", &[]).is_ok());
        for (typed, flaw) in [
            ("", Flaw::Missing),
            ("short", Flaw::TooShort(10)),
            ("Password123!", Flaw::Malformed),
            ("aaaaaaaaaaaa", Flaw::Malformed),
            ("1234567890", Flaw::Malformed),
            ("P@ssw0rd2026", Flaw::Malformed),
            ("qwertyuiop1", Flaw::Malformed),
            ("iloveyou123", Flaw::Malformed),
            ("ashapatel1990", Flaw::Malformed),
            ("youthcharter1", Flaw::Malformed),
        ] {
            assert_eq!(Password::parse(typed, &["Asha Patel", "asha.patel@example.org"]).err(), Some(flaw), "{typed}");
        }
    }

    #[test]
    fn a_hash_verifies_its_own_password_only() {
        let hash = hash_here("three blue bicycles").expect("argon2 hashes");
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_here("three blue bicycles", &hash).expect("argon2 verifies"));
        assert!(!verify_here("three blue bicycle", &hash).expect("argon2 verifies"));
    }
}
