//! How often someone wants to hear of training that ends, and when the next letter may go.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::months_after;
use crate::db::schema::notice_choices;
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::AccountId;
use crate::text_enum;

text_enum! {
    /// How often, at most.
    pub enum Frequency { AsDue = "as_due", Weekly = "weekly", Monthly = "monthly", None = "none" }
}

text_enum! {
    /// The monthly picture of the organisations one leads.
    pub enum Pictures { Monthly = "monthly", None = "none" }
}

impl Frequency {
    /// The first day on which the next letter may go, after one that went on `day`.
    pub fn next_after(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::AsDue | Self::None => day + Days::new(1),
            Self::Weekly => day + Days::new(7),
            Self::Monthly => months_after(day, 1),
        }
    }
}

/// What someone chose; until they do, a letter whenever something is due, and the monthly pictures.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = notice_choices, treat_none_as_default_value = false)]
pub struct NoticeChoice {
    pub account_id: AccountId,
    pub frequency: Frequency,
    pub organisations: Pictures,
    pub last_sent_on: Option<NaiveDate>,
    pub next_on: NaiveDate,
}

impl NoticeChoice {
    pub fn of(conn: &mut DbConnection, account: AccountId, today: NaiveDate) -> Result<Self> {
        let found = notice_choices::table.find(account).select(Self::as_select()).first(conn).optional()?;
        Ok(found.unwrap_or(Self {
            account_id: account,
            frequency: Frequency::AsDue,
            organisations: Pictures::Monthly,
            last_sent_on: None,
            next_on: today,
        }))
    }

    /// Takes the row for this act, making it if need be, and returns it as it is then.
    pub(super) fn hold(act: &mut Act<'_>, account: AccountId) -> Result<Self> {
        let row = notice_choices::table.find(account);
        let held = diesel::update(row).set(notice_choices::next_on.eq(notice_choices::next_on)).execute(act.conn)?;
        if held == 0 {
            let choice = Self::of(act.conn, account, act.today())?;
            unless_taken(act.conn, |conn| diesel::insert_into(notice_choices::table).values(&choice).execute(conn))?;
        }
        Self::of(act.conn, account, act.today())
    }

    /// Chooses anew; the next letter goes no sooner than the new choice allows after the last.
    pub fn choose(act: &mut Act<'_>, account: AccountId, frequency: Frequency, organisations: Pictures) -> Result<()> {
        let now = Self::hold(act, account)?;
        if (now.frequency, now.organisations) == (frequency, organisations) {
            return Ok(());
        }
        let next_on = now.last_sent_on.map_or(act.today(), |day| frequency.next_after(day));
        diesel::update(notice_choices::table.find(account))
            .set((
                notice_choices::frequency.eq(frequency),
                notice_choices::organisations.eq(organisations),
                notice_choices::next_on.eq(next_on),
            ))
            .execute(act.conn)?;
        let details = json!({ "training": frequency, "organisations": organisations });
        act.record("notices chosen", Subject::of("account", account), details)
    }

    /// A letter has gone today.
    pub(super) fn note_sent(&self, act: &mut Act<'_>) -> Result<()> {
        let today = act.today();
        diesel::update(notice_choices::table.find(self.account_id))
            .set((notice_choices::last_sent_on.eq(today), notice_choices::next_on.eq(self.frequency.next_after(today))))
            .execute(act.conn)?;
        Ok(())
    }
}
