//! Stopping letters from the letter itself: an address that nobody can guess, good without signing in, for that alone.
//! It is sealed with the portal's key, so that nothing has to be stored for it.

use uuid::Uuid;

use crate::acts::Act;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::secrets::SecretKey;
use crate::text_enum;

use super::choice::{Frequency, NoticeChoice, Pictures};

const SEALED_FOR: &str = "unsubscribe";

text_enum! {
    /// What a letter is about, and so what is stopped.
    pub enum Topic { Training = "training", Organisations = "organisations" }
}

/// The address in a letter.
pub fn stop_address(secret: &SecretKey, site: &str, topic: Topic, account: AccountId) -> String {
    let short: Vec<u8> = account.as_str().bytes().filter(|letter| *letter != b'-').collect();
    let bytes = hex::decode(short).expect("an id is hexadecimal digits and hyphens");
    let token = secret.seal(SEALED_FOR, &[&topic.as_str().as_bytes()[..1], &bytes].concat());
    format!("{site}/unsubscribe/{token}")
}

/// Which letters, and whose; `NotFound` for what we never sealed.
pub(super) fn open_stop(secret: &SecretKey, token: &str) -> Result<(Topic, AccountId)> {
    let opened = secret.open(SEALED_FOR, token).map_err(|_| Error::NotFound)?;
    let (first, id) = opened.split_first().ok_or(Error::NotFound)?;
    let topic = Topic::ALL.iter().find(|topic| topic.as_str().as_bytes().first() == Some(first));
    let account = Uuid::from_slice(id).map_err(|_| Error::NotFound)?;
    Ok((*topic.ok_or(Error::NotFound)?, AccountId::from(account)))
}

/// Sends no more of these letters. Once more changes nothing.
pub(super) fn stop_topic(act: &mut Act<'_>, topic: Topic, account: AccountId) -> Result<()> {
    let now = NoticeChoice::of(act.conn, account, act.today())?;
    match topic {
        Topic::Training => NoticeChoice::choose(act, account, Frequency::None, now.organisations),
        Topic::Organisations => NoticeChoice::choose(act, account, now.frequency, Pictures::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_opens_what_it_was_made_for_and_cannot_be_made_up() {
        let (secret, account) = (SecretKey::new_random(), AccountId::new());
        let address = stop_address(&secret, "https://x.example", Topic::Training, account);
        let token = address.strip_prefix("https://x.example/unsubscribe/").expect("its place");
        assert!(matches!(open_stop(&secret, token), Ok((Topic::Training, of)) if of == account));
        assert!(token.len() < 120, "it stands in letters");
        let other = stop_address(&secret, "", Topic::Organisations, account);
        let other = other.strip_prefix("/unsubscribe/").expect("its place");
        assert!(matches!(open_stop(&secret, other), Ok((Topic::Organisations, of)) if of == account));
        assert!(open_stop(&SecretKey::new_random(), token).is_err());
        assert!(open_stop(&secret, &token[2..]).is_err());
        assert!(open_stop(&secret, "").is_err());
    }
}
