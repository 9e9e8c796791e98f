//! A link by which anyone who has it sees someone's training record, or the modules they chose, as it is now: until a
//! day, or until its owner ends it. How often it was opened is counted, and nothing about who opened it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{training_record_link_modules, training_record_links};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{ModuleId, PersonId, RecordLinkId};
use crate::secrets::public_code;
use crate::text_enum;

/// Some 59 bits: more than codes of what is public anyway.
const CODE_LETTERS: usize = 12;
/// More links would not be found again.
const MOST_OPEN: i64 = 20;

text_enum! {
    /// What a link shows.
    pub enum Covers { Everything = "everything", Chosen = "chosen" }
}

text_enum! {
    /// Whether its owner has ended it. That its last day is over is no state: it is ended by being looked at too late.
    pub enum LinkState { Open = "open", Ended = "ended" }
}

/// A link as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_record_links, treat_none_as_default_value = false)]
pub struct RecordLink {
    pub id: RecordLinkId,
    pub person_id: PersonId,
    pub code: String,
    pub covers: Covers,
    /// For whom it is: for its owner's eyes only.
    pub note: String,
    pub made_at: NaiveDateTime,
    /// The last day it can be opened.
    pub ends_on: NaiveDate,
    pub(super) state: LinkState,
    pub(super) ended_at: Option<NaiveDateTime>,
    pub times_opened: i32,
    pub last_opened_on: Option<NaiveDate>,
}

/// What a link is to be.
pub struct NewRecordLink {
    /// Everything, or these modules.
    pub modules: Option<Vec<ModuleId>>,
    pub note: String,
    pub ends_on: NaiveDate,
}

impl RecordLink {
    /// Makes a link; `None` when there are too many open ones already.
    pub fn make(act: &mut Act<'_>, person: PersonId, new: NewRecordLink) -> Result<Option<Self>> {
        let open = training_record_links::table
            .filter(training_record_links::person_id.eq(person))
            .filter(training_record_links::state.eq(LinkState::Open))
            .filter(training_record_links::ends_on.ge(act.today()));
        if open.count().get_result::<i64>(act.conn)? >= MOST_OPEN {
            return Ok(None);
        }
        let link = Self::insert_with_free_code(act, person, &new)?;
        for module in new.modules.unwrap_or_default() {
            diesel::insert_into(training_record_link_modules::table)
                .values((
                    training_record_link_modules::link_id.eq(link.id),
                    training_record_link_modules::module_id.eq(module),
                ))
                .execute(act.conn)?;
        }
        let subject = Subject::of("record link", link.id);
        act.record("record link made", subject, json!({ "covers": link.covers, "ends_on": link.ends_on }))?;
        Ok(Some(link))
    }

    fn insert_with_free_code(act: &mut Act<'_>, person: PersonId, new: &NewRecordLink) -> Result<Self> {
        for _ in 0..10 {
            let link = Self {
                id: RecordLinkId::new(),
                person_id: person,
                code: public_code("TR-", CODE_LETTERS),
                covers: if new.modules.is_some() { Covers::Chosen } else { Covers::Everything },
                note: new.note.clone(),
                made_at: act.at,
                ends_on: new.ends_on,
                state: LinkState::Open,
                ended_at: None,
                times_opened: 0,
                last_opened_on: None,
            };
            let added = unless_taken(act.conn, |conn| {
                diesel::insert_into(training_record_links::table).values(&link).execute(conn)
            })?;
            if added.is_some() {
                return Ok(link);
            }
        }
        Err(Error::unexpected("no free code for a record link"))
    }

    /// Someone's link; another person's id is not found.
    pub fn find_of(conn: &mut DbConnection, person: PersonId, id: RecordLinkId) -> Result<Self> {
        Ok(training_record_links::table
            .find(id)
            .filter(training_record_links::person_id.eq(person))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// All of someone's, the newest first.
    pub fn all_of(conn: &mut DbConnection, person: PersonId) -> Result<Vec<Self>> {
        Ok(training_record_links::table
            .filter(training_record_links::person_id.eq(person))
            .order((training_record_links::made_at.desc(), training_record_links::id.desc()))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The link of a code, ended or not.
    pub fn find_by_code(conn: &mut DbConnection, code: &str) -> Result<Option<Self>> {
        let found = training_record_links::table.filter(training_record_links::code.eq(code));
        Ok(found.select(Self::as_select()).first(conn).optional()?)
    }

    /// The modules it shows; `None` is all.
    pub fn modules(&self, conn: &mut DbConnection) -> Result<Option<Vec<ModuleId>>> {
        if self.covers == Covers::Everything {
            return Ok(None);
        }
        let chosen = training_record_link_modules::table
            .filter(training_record_link_modules::link_id.eq(self.id))
            .select(training_record_link_modules::module_id);
        Ok(Some(chosen.load(conn)?))
    }

    /// Can it be opened on this day?
    pub fn opens_on(&self, day: NaiveDate) -> bool {
        self.state == LinkState::Open && day <= self.ends_on
    }

    pub fn state(&self) -> LinkState {
        self.state
    }

    /// Its owner ends it, at once and for good.
    pub fn end(&self, act: &mut Act<'_>) -> Result<()> {
        let changed = diesel::update(training_record_links::table.find(self.id))
            .filter(training_record_links::state.eq(LinkState::Open))
            .set((training_record_links::state.eq(LinkState::Ended), training_record_links::ended_at.eq(act.at)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("record link ended", Subject::of("record link", self.id), json!({}))
    }

    /// Counts that it was opened, and the day. Who opened it is nobody's business, so the trail does not say.
    pub fn count_opening(&self, act: &mut Act<'_>) -> Result<()> {
        diesel::update(training_record_links::table.find(self.id))
            .set((
                training_record_links::times_opened.eq(training_record_links::times_opened + 1),
                training_record_links::last_opened_on.eq(act.today()),
            ))
            .execute(act.conn)?;
        Ok(())
    }
}

/// Gives one person's links to another: they are one.
pub fn hand_over_record_links(act: &mut Act<'_>, from: PersonId, to: PersonId) -> Result<()> {
    diesel::update(training_record_links::table.filter(training_record_links::person_id.eq(from)))
        .set(training_record_links::person_id.eq(to))
        .execute(act.conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_copied_by_hand_and_not_guessed() {
        let codes: std::collections::BTreeSet<String> = (0..200).map(|_| public_code("TR-", CODE_LETTERS)).collect();
        assert_eq!(codes.len(), 200);
        for code in codes {
            assert!(code.starts_with("TR-") && code.len() == 15, "{code}");
            assert!(!code[3..].contains(['0', 'O', '1', 'I', 'L', 'U']), "{code}");
        }
    }
}
