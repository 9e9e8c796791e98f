//! Once a month, to the leads of each organisation: whose training has ended, ends in the next 60 days, or was never
//! begun, as far as they may see it. People without an account are told of in no other way.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::choice::Pictures;
use super::digest::message_id;
use super::mark::Mark;
use super::stop::{Topic, stop_address};
use crate::accounts::Account;
use crate::acts::Act;
use crate::clock::{day_of, say_day};
use crate::db::schema::{memberships, notice_choices, organisations, people, training_pictures};
use crate::db::unless_taken;
use crate::error::Result;
use crate::ids::AccountId;
use crate::mail::Letter;
use crate::organisations::{MembershipRole, MembershipState, Organisation, OrganisationState};
use crate::training::{Cell, CellState, Matrix, MatrixRow, Module};
use crate::web::count;

const BATCH: i64 = 10;
/// More names than this are no letter but a table, which is in the portal.
const NAMES: usize = 25;

#[derive(Serialize)]
struct PictureLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    expired: usize,
    expiring: usize,
    not_started: usize,
    people: Vec<PersonLines>,
    more: Option<String>,
    unsubscribe: String,
}
impl Letter for PictureLetter<'_> {
    const NAME: &'static str = "training-picture";
    fn unsubscribe(&self) -> Option<&str> {
        Some(&self.unsubscribe)
    }
}

#[derive(Serialize, Clone)]
struct PersonLines {
    name: String,
    /// What is to be done, in one line.
    gaps: String,
}

/// Writes to the leads of some organisations that have not had this month's picture; returns how many those were.
/// An organisation that was approved this month has its first next month, and so has everyone at the very first.
pub fn send_pictures(act: &mut Act<'_>) -> Result<usize> {
    let month = first_of(act.today());
    if Mark::Organisations.hold(act, month)? >= month {
        return Ok(0);
    }
    let had = training_pictures::table
        .filter(training_pictures::month_on.eq(month))
        .select(training_pictures::organisation_id);
    let due: Vec<Organisation> = organisations::table
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::id.ne_all(had))
        .order(organisations::id)
        .limit(BATCH)
        .select(Organisation::as_select())
        .load(act.conn)?;
    if due.is_empty() {
        Mark::Organisations.reach(act, month)?;
    }
    for organisation in &due {
        send_picture(act, organisation, month)?;
    }
    Ok(due.len())
}

fn send_picture(act: &mut Act<'_>, organisation: &Organisation, month: NaiveDate) -> Result<()> {
    let is_new = organisation.approved_at.is_none_or(|at| day_of(at) >= month);
    let leads = if is_new { Vec::new() } else { leads_who_want_it(act, organisation)? };
    let matrix = Matrix::of(act.conn, organisation, act.today())?;
    let people: Vec<PersonLines> = matrix.rows.iter().filter_map(|row| gaps_of(&matrix.modules, row)).collect();
    let leads = if people.is_empty() { Vec::new() } else { leads };
    let row = (
        training_pictures::organisation_id.eq(organisation.id),
        training_pictures::month_on.eq(month),
        training_pictures::sent_at.eq(act.at),
        training_pictures::letters.eq(leads.len() as i32),
    );
    let noted = unless_taken(act.conn, |conn| diesel::insert_into(training_pictures::table).values(row).execute(conn))?;
    if noted.is_none() || leads.is_empty() {
        return Ok(());
    }
    for lead in &leads {
        let more = people.len().saturating_sub(NAMES);
        let letter = PictureLetter {
            organisation: &organisation.name,
            slug: &organisation.slug,
            expired: matrix.count_required(CellState::Expired),
            expiring: matrix.count_required(CellState::Expiring),
            not_started: matrix.count_required(CellState::NotStarted),
            people: people.iter().take(NAMES).cloned().collect(),
            more: (more > 0).then(|| count(more, "more person", "more people")),
            unsubscribe: stop_address(act.secret, act.site, Topic::Organisations, lead.id),
        };
        let id = message_id(&format!("training picture {}", organisation.id), lead.id, month);
        act.post_once(id, &lead.address(), &letter)?;
    }
    act.record("picture of training sent to leads", organisation.subject(), json!({ "leads": leads.len() }))
}

fn leads_who_want_it(act: &mut Act<'_>, organisation: &Organisation) -> Result<Vec<Account>> {
    let unwilling = notice_choices::table
        .filter(notice_choices::organisations.eq(Pictures::None))
        .select(notice_choices::account_id.nullable());
    let leads: Vec<Option<AccountId>> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq(organisation.id))
        .filter(memberships::role.eq(MembershipRole::Lead))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(people::account_id.is_not_null())
        .filter(people::account_id.ne_all(unwilling))
        .order(people::account_id)
        .select(people::account_id)
        .load(act.conn)?;
    let mut found = Vec::new();
    for id in leads.into_iter().flatten() {
        let account = Account::find(act.conn, id)?;
        if account.is_active() {
            found.push(account);
        }
    }
    Ok(found)
}

/// What someone lacks, in one line; nothing when they lack nothing.
fn gaps_of(modules: &[Module], row: &MatrixRow) -> Option<PersonLines> {
    let in_state = |state: CellState| {
        let cells = modules.iter().zip(&row.cells).filter(move |(_, cell)| cell.required && cell.state == state);
        cells.collect::<Vec<(&Module, &Cell)>>()
    };
    let with_day = |word: &str, cells: Vec<(&Module, &Cell)>| {
        let day = |cell: &Cell| cell.latest.as_ref().and_then(|latest| latest.expires_on).map(say_day);
        let say = |(module, cell): (&Module, &Cell)| {
            format!("{} {word} {}", module.short_title, day(cell).unwrap_or_default())
        };
        cells.into_iter().map(say).collect::<Vec<String>>()
    };
    let mut gaps = with_day("ended", in_state(CellState::Expired));
    gaps.extend(with_day("ends", in_state(CellState::Expiring)));
    let missing: Vec<&str> = in_state(CellState::NotStarted).iter().map(|(m, _)| m.short_title.as_str()).collect();
    if !missing.is_empty() {
        gaps.push(format!("not started: {}", missing.join(", ")));
    }
    (!gaps.is_empty()).then(|| PersonLines { name: row.member.person.name.clone(), gaps: gaps.join("; ") })
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}
