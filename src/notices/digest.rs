//! What waits to be told to someone, in one letter: what is true no longer by then is left out.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::choice::{Frequency, NoticeChoice};
use super::due::NoticeState;
use super::stop::{Topic, stop_address};
use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::say_day;
use crate::db::DbConnection;
use crate::db::schema::{notice_choices, people, training_completions, training_modules, training_notices};
use crate::error::Result;
use crate::ids::{AccountId, CompletionId, MessageId, ModuleId, PersonId, TrainingNoticeId};
use crate::mail::Letter;
use crate::training::{CompletionState, ModuleState};

const BATCH: i64 = 25;

#[derive(Serialize)]
struct DigestLetter<'a> {
    name: &'a str,
    endings: Vec<Ending>,
    one: bool,
    unsubscribe: String,
}
impl Letter for DigestLetter<'_> {
    const NAME: &'static str = "training-ends";
    fn unsubscribe(&self) -> Option<&str> {
        Some(&self.unsubscribe)
    }
}

#[derive(Serialize)]
struct Ending {
    title: String,
    when: String,
}

/// A notice that waits, with its completion.
#[derive(Queryable)]
struct Waiting {
    id: TrainingNoticeId,
    completion_id: CompletionId,
    expires_on: NaiveDate,
    person_id: PersonId,
    module_id: ModuleId,
    completed_on: NaiveDate,
    title: String,
}

/// Settles what waits for those whose next letter may go today; returns how many people that were.
pub fn send_digests(act: &mut Act<'_>) -> Result<usize> {
    let today = act.today();
    let due: Vec<AccountId> = training_notices::table
        .left_join(notice_choices::table.on(notice_choices::account_id.eq(training_notices::account_id)))
        .filter(training_notices::state.eq(NoticeState::Waiting))
        .filter(notice_choices::next_on.is_null().or(notice_choices::next_on.le(today)))
        .select(training_notices::account_id)
        .distinct()
        .limit(BATCH)
        .load(act.conn)?;
    for account in &due {
        settle_notices(act, *account)?;
    }
    Ok(due.len())
}

/// One letter, or none. Another server that was quicker has left nothing to settle.
fn settle_notices(act: &mut Act<'_>, id: AccountId) -> Result<()> {
    let choice = NoticeChoice::hold(act, id)?;
    if choice.next_on > act.today() {
        return Ok(());
    }
    let account = Account::find(act.conn, id)?;
    let wanted = account.is_active() && choice.frequency != Frequency::None;
    let waiting = if wanted { true_still(act.conn, id)? } else { Vec::new() };
    let told: Vec<TrainingNoticeId> = waiting.iter().map(|notice| notice.id).collect();
    if !waiting.is_empty() {
        let message = message_id("training ends", id, act.today());
        let letter = letter_of(act, &account, waiting);
        act.post_once(message, &account.address(), &letter)?;
        mark_settled(act, id, Some((&told, message)))?;
        choice.note_sent(act)?;
        act.record("told that training ends", Subject::of("account", id), json!({ "completions": told.len() }))?;
    }
    mark_settled(act, id, None)
}

/// What waits and is true: it stands, ends on the day that was noted, and nothing later has taken its place.
fn true_still(conn: &mut DbConnection, account: AccountId) -> Result<Vec<Waiting>> {
    let completions = training_completions::table.on(training_completions::id.eq(training_notices::completion_id));
    let mut waiting: Vec<Waiting> = training_notices::table
        .inner_join(completions)
        .inner_join(people::table.on(people::id.eq(training_completions::person_id)))
        .inner_join(training_modules::table.on(training_modules::id.eq(training_completions::module_id)))
        .filter(training_notices::account_id.eq(account))
        .filter(training_notices::state.eq(NoticeState::Waiting))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .filter(training_completions::expires_on.eq(training_notices::expires_on.nullable()))
        .filter(people::account_id.eq(account))
        .filter(training_modules::state.eq(ModuleState::Offered))
        .order((training_notices::expires_on, training_modules::position, training_notices::id))
        .select((
            training_notices::id,
            training_notices::completion_id,
            training_notices::expires_on,
            training_completions::person_id,
            training_completions::module_id,
            training_completions::completed_on,
            training_modules::title,
        ))
        .load(conn)?;
    let Some(person) = waiting.first().map(|notice| notice.person_id) else { return Ok(waiting) };
    let standing: Vec<(ModuleId, NaiveDate)> = training_completions::table
        .filter(training_completions::person_id.eq(person))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .select((training_completions::module_id, training_completions::completed_on))
        .load(conn)?;
    waiting.retain(|notice| {
        !standing.iter().any(|(module, day)| *module == notice.module_id && *day > notice.completed_on)
    });
    Ok(waiting)
}

fn letter_of<'a>(act: &Act<'_>, account: &'a Account, waiting: Vec<Waiting>) -> DigestLetter<'a> {
    let today = act.today();
    let mut endings: Vec<(CompletionId, Ending)> = Vec::new();
    for notice in waiting {
        if endings.iter().all(|(completion, _)| *completion != notice.completion_id) {
            let when = say_ending(notice.expires_on, today);
            endings.push((notice.completion_id, Ending { title: notice.title, when }));
        }
    }
    DigestLetter {
        name: &account.name,
        one: endings.len() == 1,
        endings: endings.into_iter().map(|(_, ending)| ending).collect(),
        unsubscribe: stop_address(act.secret, act.site, Topic::Training, account.id),
    }
}

fn say_ending(expires_on: NaiveDate, today: NaiveDate) -> String {
    let day = say_day(expires_on);
    match (expires_on - today).num_days() {
        ..0 => format!("ended on {day}"),
        0 => format!("counts until today, {day}"),
        1 => format!("counts until tomorrow, {day}"),
        days => format!("counts until {day}, {days} days from now"),
    }
}

/// As told in a letter, or else as dropped: whatever is left.
fn mark_settled(act: &mut Act<'_>, account: AccountId, told: Option<(&[TrainingNoticeId], MessageId)>) -> Result<()> {
    let today = act.today();
    let waiting = training_notices::table
        .filter(training_notices::account_id.eq(account))
        .filter(training_notices::state.eq(NoticeState::Waiting));
    match told {
        Some((told, message)) => diesel::update(waiting.filter(training_notices::id.eq_any(told.to_vec())))
            .set((
                training_notices::state.eq(NoticeState::Sent),
                training_notices::settled_on.eq(today),
                training_notices::message_id.eq(message),
            ))
            .execute(act.conn)?,
        None => diesel::update(waiting)
            .set((training_notices::state.eq(NoticeState::Dropped), training_notices::settled_on.eq(today)))
            .execute(act.conn)?,
    };
    Ok(())
}

/// The same letter of the same day has the same id, wherever and however often it is written.
pub fn message_id(about: &str, to: impl std::fmt::Display, day: NaiveDate) -> MessageId {
    let digest = Sha256::digest(format!("{about} {to} {day}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    MessageId::from(Uuid::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_said_from_today() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a test writes days correctly");
        let today = day("2028-02-28");
        for (expires_on, says) in [
            ("2028-02-27", "ended on 27 February 2028"),
            ("2028-02-28", "counts until today, 28 February 2028"),
            ("2028-02-29", "counts until tomorrow, 29 February 2028"),
            ("2028-03-01", "counts until 1 March 2028, 2 days from now"),
        ] {
            assert_eq!(say_ending(day(expires_on), today), says);
        }
    }

    #[test]
    fn the_same_letter_has_the_same_id_and_another_another() {
        let day = NaiveDate::MIN;
        assert_eq!(message_id("a", "b", day), message_id("a", "b", day));
        assert_ne!(message_id("a", "b", day), message_id("a", "c", day));
    }
}
