//! Everything about someone, gathered from every part of the portal.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::{self, Account};
use crate::audit::AuditEntry;
use crate::clock::{day_of, say_day};
use crate::db::DbConnection;
use crate::db::schema::{audit_entries, outbox_messages};
use crate::error::Result;
use crate::organisations::{find_person_of, your_data as organisations};
use crate::takeaway::{Forms, Index, Row, Sheet, Someone, Takeaway, Window, place_of};
use crate::{
    before_pledging, charter, charter_oversight, documents, framework, good_practice, imports, live_records,
    my_training, notices, offline_answers, passkeys, pathways, people, providers, quality, rescue, review, row,
    single_sign_on, skills_audit, templates, training, training_sessions, voice,
};

/// Every sheet that anybody can be told of, in the order of the page that comes with them.
pub fn sheets() -> Vec<Sheet<Someone>> {
    [
        accounts::your_data::sheets(),
        passkeys::your_data::sheets(),
        single_sign_on::your_data::sheets(),
        organisations::sheets(),
        people::your_data::sheets(),
        training::your_data::sheets(),
        my_training::your_data::sheets(),
        imports::your_data::sheets(),
        notices::your_data::sheets(),
        training_sessions::your_data::sheets(),
        providers::your_data::sheets(),
        pathways::your_data::sheets(),
        skills_audit::your_data::sheets(),
        before_pledging::your_data::sheets(),
        charter_oversight::your_data::sheets(),
        charter::your_data::sheets(),
        documents::your_data::sheets(),
        voice::your_data::sheets(),
        live_records::your_data::sheets(),
        framework::your_data::sheets(),
        quality::your_data::sheets(),
        good_practice::your_data::sheets(),
        offline_answers::your_data::sheets(),
        rescue::your_data::sheets(),
        review::your_data::sheets(),
        own_sheets(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An account with all that it is known by.
pub fn someone_of(conn: &mut DbConnection, account: &Account) -> Result<Someone> {
    let person = find_person_of(conn, account.id)?.map(|person| person.id);
    let mut addresses = accounts::your_data::addresses_of(conn, account)?;
    if let Some(person) = person {
        addresses.extend(people::your_data::addresses_of(conn, person)?);
    }
    addresses.sort();
    addresses.dedup();
    Ok(Someone { account: Some(account.id), person, name: account.name.clone(), addresses })
}

/// Fills a ZIP with it.
pub(super) fn gather(
    conn: &mut DbConnection,
    takeaway: &mut Takeaway,
    account: &Account,
    now: NaiveDateTime,
    site: &str,
) -> Result<()> {
    let whom = someone_of(conn, account)?;
    for sheet in sheets() {
        takeaway.add_sheet(conn, &sheet, &whom, Forms::Json)?;
    }
    for file in training::your_data::files_of(conn, &whom)? {
        takeaway.want_file(file.id, place_of(file.id, &file.name, file.extension()));
    }
    let (contents, files) = (takeaway.contents(), takeaway.files());
    let index = Index { name: &account.name, made_on: say_day(day_of(now)), site, contents, files };
    let index = templates::fill("your_data/index", &index)?;
    takeaway.add_text("index.html", &index)
}

/// The trail and the post know nobody by more than ids and addresses, and are asked from here.
fn own_sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "letters",
            title: "Emails the portal sent you",
            columns: &["to", "subject", "text", "state", "written_at", "sent_at"],
            page: letters,
        },
        Sheet {
            name: "trail",
            title: "What you did here, and what was done about you",
            columns: &["number", "at", "by_you", "what", "record", "details"],
            page: trail,
        },
    ]
}

fn letters(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    type Letter = (String, String, String, String, NaiveDateTime, Option<NaiveDateTime>);
    let rows: Vec<Letter> = outbox_messages::table
        .filter(outbox_messages::recipient.eq_any(&whom.addresses))
        .order((outbox_messages::created_at, outbox_messages::id))
        .limit(window.most)
        .offset(window.from)
        .select((
            outbox_messages::recipient,
            outbox_messages::subject,
            outbox_messages::body_text,
            outbox_messages::state,
            outbox_messages::created_at,
            outbox_messages::sent_at,
        ))
        .load(conn)?;
    let told = |(to, subject, text, state, written, sent): Letter| {
        let text = without_tokens(&text);
        row![to, subject, text, state, written, sent]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn trail(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let by_them = audit_entries::actor_id.assume_not_null().eq_any(whom.account.as_slice());
    let rows: Vec<AuditEntry> = audit_entries::table
        .filter(by_them.or(audit_entries::subject.eq_any(whom.subjects())))
        .order(audit_entries::sequence)
        .limit(window.most)
        .offset(window.from)
        .select(AuditEntry::as_select())
        .load(conn)?;
    let told = |entry: AuditEntry| {
        let by_them = entry.actor_id == whom.account && whom.account.is_some();
        let details: serde_json::Value = serde_json::from_str(&entry.details).unwrap_or_default();
        row![entry.sequence, entry.at, by_them, entry.verb, entry.subject, details]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// A link that still opens something does not belong into a file that lies about.
fn without_tokens(text: &str) -> String {
    const TOKEN: usize = 64;
    let is_token = |word: &str| word.len() == TOKEN && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut told = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_token(word) {
            told.push_str("(left out)");
            told.push_str(&part[word.len()..]);
        } else {
            told.push_str(part);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::without_tokens;

    #[test]
    fn a_token_is_left_out_and_all_else_stays() {
        let token = "0a".repeat(32);
        let text = format!("Open https://here/confirm/{token}\nor not: {token}");
        assert_eq!(without_tokens(&text), "Open https://here/confirm/(left out)\nor not: (left out)");
        assert_eq!(without_tokens("Café, 64 – done."), "Café, 64 – done.");
    }
}
