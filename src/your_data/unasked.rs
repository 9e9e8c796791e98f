//! Forgetting that nobody asks for: accounts that are not used any more, whose owners are told a month before, and
//! people without an account who have left. Each is found by an index and done once.

use chrono::{Months, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::erasure::{erase_account, forget_person};
use crate::accounts::{Account, AccountState};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::{day_of, say_day};
use crate::config::Period;
use crate::db::schema::{accounts, people};
use crate::error::Result;
use crate::mail::Letter;
use crate::organisations::Person;

const BATCH: i64 = 20;
/// So long before an account is erased its owner is told.
const NOTICE: Months = Months::new(1);

#[derive(Serialize)]
struct IdleLetter<'a> {
    name: &'a str,
    idle: String,
    ends_on: String,
}
impl Letter for IdleLetter<'_> {
    const NAME: &'static str = "account-idle";
}

/// Tells those who have not signed in for nearly so long; returns how many.
pub fn warn_idle_accounts(act: &mut Act<'_>, idle: Period) -> Result<usize> {
    let ends_at = act.at.checked_add_months(NOTICE).unwrap_or(act.at);
    let due: Vec<Account> = accounts::table
        .filter(accounts::state.eq(AccountState::Active))
        .filter(accounts::signed_in_at.le(idle.before(ends_at)))
        .filter(accounts::idle_warned_at.is_null())
        .order(accounts::signed_in_at)
        .limit(BATCH)
        .select(Account::as_select())
        .load(act.conn)?;
    // Every account before the first entry: whoever signs in at this moment has their account and waits for the trail.
    let mut told = Vec::with_capacity(due.len());
    for account in due {
        let still_idle = diesel::update(accounts::table.find(account.id))
            .filter(accounts::signed_in_at.le(idle.before(ends_at)))
            .filter(accounts::idle_warned_at.is_null())
            .set(accounts::idle_warned_at.eq(act.at))
            .execute(act.conn)?;
        if still_idle == 1 {
            told.push(account);
        }
    }
    for account in &told {
        act.record("idle account warned", Subject::of("account", account.id), json!({}))?;
        let letter = IdleLetter { name: &account.name, idle: idle.to_string(), ends_on: say_day(day_of(ends_at)) };
        act.post(&account.address(), &letter)?;
    }
    Ok(told.len())
}

/// Erases one who was told a month ago and has not signed in since; returns how many. One at a time, so that nobody
/// else who signs in waits for an act that waits for them.
pub fn erase_idle_accounts(act: &mut Act<'_>, idle: Period) -> Result<usize> {
    let told_before: NaiveDateTime = act.at.checked_sub_months(NOTICE).unwrap_or(act.at);
    let due: Vec<Account> = accounts::table
        .filter(accounts::state.eq(AccountState::Active))
        .filter(accounts::signed_in_at.le(idle.before(act.at)))
        .filter(accounts::idle_warned_at.le(told_before))
        .order(accounts::signed_in_at)
        .limit(1)
        .select(Account::as_select())
        .load(act.conn)?;
    // Bytes whose rows go are swept.
    due.iter().try_for_each(|account| erase_account(act, account).map(drop))?;
    Ok(due.len())
}

/// Erases people without an account who left their last organisation before; returns how many.
pub fn erase_people_who_left(act: &mut Act<'_>, before: NaiveDateTime) -> Result<usize> {
    let due: Vec<Person> = people::table
        .filter(people::gone_since.le(before))
        .filter(people::account_id.is_null())
        .order(people::gone_since)
        .limit(BATCH)
        .select(Person::as_select())
        .load(act.conn)?;
    for person in &due {
        forget_person(act, person)?;
        act.record("person erased", Subject::of("person", person.id), json!({ "after": "leaving" }))?;
    }
    Ok(due.len())
}
