//! Charter training is led by young people. Others read their first names and the first letters of their surnames, never
//! more; an adult whom the provider and the VRP can reach answers for them.
//! The adult's name is sealed, and forgotten two weeks after the session.

use diesel::prelude::*;
use serde_json::json;

use super::session::TrainingSession;
use crate::acts::Act;
use crate::db::schema::training_sessions;
use crate::error::Result;
use crate::ids::TrainingSessionId;
use crate::secrets::SecretKey;

/// Is this a row of first names, each with one letter of a surname: `Amara J, Tyrell B and Kai W`?
pub fn hides_surnames(trainers: &str) -> bool {
    let names = trainers.replace(" and ", ",").replace(['&', ';'], ",");
    let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    !names.is_empty() && names.iter().all(|name| is_first_name_and_initial(name))
}

fn is_first_name_and_initial(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let [first @ .., last] = &words[..] else { return false };
    let initial = last.trim_end_matches('.');
    let is_word = |word: &&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    // A first name can be two words: Mary Ann J.
    (1..=2).contains(&first.len())
        && first.iter().all(is_word)
        && initial.chars().count() == 1
        && initial.chars().all(char::is_alphabetic)
}

impl TrainingSession {
    /// The adult who answers for the young trainers; only for the provider's pages.
    pub fn adult_contact(&self, secret: &SecretKey) -> Result<Option<String>> {
        let Some(sealed) = &self.adult_contact else { return Ok(None) };
        Ok(Some(String::from_utf8_lossy(&secret.open(self.id.as_str(), sealed)?).into_owned()))
    }
}

/// Says who answers for the young trainers, or that nobody needs to.
pub fn say_adult_contact(act: &mut Act<'_>, session: TrainingSessionId, adult: Option<&str>) -> Result<()> {
    let sealed = adult.map(|adult| act.secret.seal(session.as_str(), adult.as_bytes()));
    diesel::update(training_sessions::table.find(session))
        .set(training_sessions::adult_contact.eq(&sealed))
        .execute(act.conn)?;
    let subject = TrainingSession::find(act.conn, session)?.subject_of_entry();
    act.record("training session’s adult contact said", subject, json!({ "there_is_one": sealed.is_some() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_names_with_a_letter_are_all_that_is_told() {
        for told in ["Amara J", "Amara J and Tyrell B", "Amara J., Tyrell B & Kai W", "Mary Ann J", "Zoë O’", "Ngozi Ó"]
        {
            assert_eq!(hides_surnames(told), !told.contains("O’"), "{told}");
        }
        for too_much in
            ["Amara Jones", "Amara J and Tyrell Brown", "Amara", "", "J", "Amara J (age 15)", "Jo Bright, Kai W"]
        {
            assert!(!hides_surnames(too_much), "{too_much}");
        }
    }
}
