//! Taking letters out of the outbox: those to someone who is erased, what others say of them, and what is old.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::outbox::MessageState;
use crate::db::DbConnection;
use crate::db::schema::outbox_messages;
use crate::error::Result;
use crate::ids::MessageId;
use crate::words::ERASED_NAME;

const BATCH: i64 = 500;

/// Removes every letter to these addresses, sent or not.
pub fn forget_letters_to(conn: &mut DbConnection, addresses: &[String]) -> Result<usize> {
    let theirs = outbox_messages::table.filter(outbox_messages::recipient.eq_any(addresses));
    Ok(diesel::delete(theirs).execute(conn)?)
}

/// Puts the neutral mark in place of these words (a name, addresses) in every letter that is left.
pub fn blank_in_letters(conn: &mut DbConnection, words: &[String]) -> Result<()> {
    for word in words.iter().filter(|word| !word.trim().is_empty()) {
        let pattern = format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let (in_text, in_subject) = (
            outbox_messages::body_text.like(pattern.clone()).escape('\\'),
            outbox_messages::subject.like(pattern).escape('\\'),
        );
        let found: Vec<(MessageId, String, String, String)> = outbox_messages::table
            .filter(in_text.or(in_subject))
            .select((
                outbox_messages::id,
                outbox_messages::subject,
                outbox_messages::body_text,
                outbox_messages::body_html,
            ))
            .load(conn)?;
        for (id, subject, text, html) in found {
            let in_html = blank(&blank(&html, &handlebars::html_escape(word)), word);
            diesel::update(outbox_messages::table.find(id))
                .set((
                    outbox_messages::subject.eq(blank(&subject, word)),
                    outbox_messages::body_text.eq(blank(&text, word)),
                    outbox_messages::body_html.eq(in_html),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Removes letters of before that are on their way no more, some at a time; returns how many.
pub fn forget_old_letters(conn: &mut DbConnection, before: NaiveDateTime) -> Result<usize> {
    let old: Vec<MessageId> = outbox_messages::table
        .filter(outbox_messages::created_at.le(before))
        .filter(outbox_messages::state.eq_any([MessageState::Sent, MessageState::Failed]))
        .order(outbox_messages::created_at)
        .limit(BATCH)
        .select(outbox_messages::id)
        .load(conn)?;
    Ok(diesel::delete(outbox_messages::table.filter(outbox_messages::id.eq_any(old))).execute(conn)?)
}

/// Replaces a word where it stands by itself: `Ann`, not the beginning of `Annual`.
fn blank(text: &str, word: &str) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let is_within = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
        let stands_alone = !is_within(before.chars().next_back().or_else(|| blanked.chars().next_back()))
            && !is_within(after.chars().next());
        blanked.push_str(before);
        blanked.push_str(if stands_alone { ERASED_NAME } else { word });
        rest = after;
    }
    blanked + rest
}

#[cfg(test)]
mod tests {
    use super::blank;

    #[test]
    fn a_name_is_replaced_where_it_stands_by_itself() {
        assert_eq!(
            blank("Ann and Annual, by Ann. Joann, Ann", "Ann"),
            "A former member and Annual, by A former member. Joann, A former member"
        );
        assert_eq!(blank("nobody", "Ann"), "nobody");
        assert_eq!(blank("AnnAnn", "Ann"), "AnnAnn");
    }
}
