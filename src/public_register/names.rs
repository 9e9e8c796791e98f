//! Finding organisations in the register by words of their names, or how these begin.
//! Each word is looked up in the index of words and no more than [`MOST_NAMED`] entries of it are read, so that a search
//! costs the same in a register of any size; what it did not look at it says.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::window::Key;
use crate::db::DbConnection;
use crate::db::schema::register_words;
use crate::error::Result;
use crate::organisations::word_in_register;
use crate::words::words_to_search;

/// So many organisations a search by name looks at.
pub const MOST_NAMED: usize = 1000;
/// So many words of what was typed are looked for.
const MOST_WORDS: usize = 6;
/// Sorts after every digit of a hexadecimal number.
const AFTER_ALL: &str = "g";

/// Who was found, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    pub keys: Vec<Key>,
    /// There may be more: every word is that of more organisations than were looked at.
    pub cut_off: bool,
}

/// What one word finds.
struct Found {
    keys: BTreeSet<Key>,
    is_whole: bool,
}

impl Named {
    /// Those in a place whose name has every one of the words, or words that begin like them. Of no words, nobody.
    pub fn find(conn: &mut DbConnection, place: &str, typed: &str) -> Result<Self> {
        let words: Vec<String> =
            words_to_search(typed).iter().take(MOST_WORDS).map(|word| word_in_register(word)).collect();
        let mut found = Vec::new();
        for word in &words {
            found.push((word, look_up(conn, place, word, None)?));
        }
        // Rare words first: the others are then looked for among those alone.
        found.sort_by_key(|(_, found)| (!found.is_whole, found.keys.len()));
        let mut found = found.into_iter();
        let Some((_, Found { mut keys, is_whole })) = found.next() else { return Ok(Self::default()) };
        for (word, other) in found {
            let among = if other.is_whole { other.keys } else { look_up(conn, place, word, Some(&keys))?.keys };
            keys = keys.intersection(&among).copied().collect();
        }
        Ok(Self { keys: keys.into_iter().rev().collect(), cut_off: !is_whole })
    }
}

/// Who has a word that begins like this, of all in the place or of these.
fn look_up(conn: &mut DbConnection, place: &str, word: &str, among: Option<&BTreeSet<Key>>) -> Result<Found> {
    use register_words::dsl;
    let begins_so = register_words::table
        .filter(dsl::place.eq(place))
        .filter(dsl::word.ge(word))
        .filter(dsl::word.lt(format!("{word}{AFTER_ALL}")))
        .select((dsl::in_force_on, dsl::pledge_id));
    let rows: Vec<Key> = match among {
        None => begins_so.order((dsl::word, dsl::pledge_id)).limit(MOST_NAMED as i64 + 1).load(conn)?,
        Some(keys) => begins_so.filter(dsl::pledge_id.eq_any(keys.iter().map(|(_, id)| *id))).load(conn)?,
    };
    let is_whole = rows.len() <= MOST_NAMED;
    Ok(Found { keys: rows.into_iter().take(MOST_NAMED).collect(), is_whole })
}
