//! Stopping letters from the letter itself: an address that nobody can guess, good without signing in, for that alone.
//! It is sealed with the portal's key, so that nothing has to be stored for it.

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
    let token = secret.seal(SEALED_FOR, format!("{} {account}", topic.as_str()).as_bytes());
    format!("{site}/unsubscribe/{token}")
}

/// Which letters, and whose; `NotFound` for what we never sealed.
pub(super) fn open_stop(secret: &SecretKey, token: &str) -> Result<(Topic, AccountId)> {
    let opened = secret.open(SEALED_FOR, token).map_err(|_| Error::NotFound)?;
    let text = String::from_utf8(opened).map_err(|_| Error::NotFound)?;
    let (topic, account) = text.split_once(' ').ok_or(Error::NotFound)?;
    Ok((Topic::parse(topic).ok_or(Error::NotFound)?, account.parse().map_err(|_| Error::NotFound)?))
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
        assert!(open_stop(&SecretKey::new_random(), token).is_err());
        assert!(open_stop(&secret, &token[2..]).is_err());
        assert!(open_stop(&secret, "").is_err());
    }
}
