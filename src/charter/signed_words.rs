//! What was signed, word for word, as the letters of confirmation have it.

use serde::Serialize;

use super::commitment::PledgeInFull;

/// Everything that a signature is under.
#[derive(Serialize)]
pub struct SignedWords {
    /// `Youth Charter, version 1`.
    charter: String,
    charter_hash: String,
    /// Of all of it: see `commitment`.
    hash: String,
    promises: Vec<SignedPromise>,
}

#[derive(Serialize)]
struct SignedPromise {
    theme: String,
    statement: String,
    words: String,
    who_and_when: Option<String>,
}

impl SignedWords {
    pub fn of(whole: &PledgeInFull, organisation: &str) -> Self {
        let promises = whole.promises.iter().filter_map(|promise| {
            let said = promise.commitment.as_ref()?;
            Some(SignedPromise {
                theme: promise.statement.theme.clone(),
                statement: promise.statement.words.clone(),
                words: said.words.split_whitespace().collect::<Vec<_>>().join(" "),
                who_and_when: said.who_and_when(),
            })
        });
        Self {
            charter: format!("{}, version {}", whole.charter.title, whole.charter.number),
            charter_hash: whole.pledge.charter_hash.clone(),
            hash: whole.words_hash(organisation),
            promises: promises.collect(),
        }
    }
}
