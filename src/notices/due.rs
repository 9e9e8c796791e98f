//! That a completion ends, noted on the day it is to be told. Days on which no server ran are made up for, each with
//! a look at an index for what ends so many days later.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::mark::Mark;
use crate::acts::Act;
use crate::db::schema::{people, training_completions, training_modules, training_notices};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{AccountId, CompletionId, MessageId, ModuleId, TrainingNoticeId};
use crate::text_enum;
use crate::training::{CompletionState, ModuleState};

const BATCH: i64 = 200;

text_enum! {
    /// How long before its end a completion's person is told.
    pub enum NoticeKind { InSixtyDays = "in_60_days", InFourteenDays = "in_14_days", LastDay = "last_day" }
}

impl NoticeKind {
    pub fn days_before(self) -> u64 {
        match self {
            Self::InSixtyDays => 60,
            Self::InFourteenDays => 14,
            Self::LastDay => 0,
        }
    }
}

text_enum! {
    /// A notice waits for its person's next letter. It is dropped when it is true no longer, or not wanted.
    pub enum NoticeState { Waiting = "waiting", Sent = "sent", Dropped = "dropped" }
}

/// A notice as it is stored, with what it is about.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_notices, treat_none_as_default_value = false)]
pub struct TrainingNotice {
    pub id: TrainingNoticeId,
    pub account_id: AccountId,
    pub completion_id: CompletionId,
    pub kind: NoticeKind,
    pub expires_on: NaiveDate,
    pub(super) state: NoticeState,
    pub settled_on: Option<NaiveDate>,
    /// The letter in which it was told.
    pub message_id: Option<MessageId>,
}

impl TrainingNotice {
    pub fn state(&self) -> NoticeState {
        self.state
    }

    /// What someone was told, the latest first, each with its module.
    pub fn told_to(conn: &mut DbConnection, account: AccountId, limit: i64) -> Result<Vec<(Self, String)>> {
        let completions = training_completions::table.on(training_completions::id.eq(training_notices::completion_id));
        Ok(training_notices::table
            .inner_join(completions)
            .inner_join(training_modules::table.on(training_modules::id.eq(training_completions::module_id)))
            .filter(training_notices::account_id.eq(account))
            .filter(training_notices::state.eq(NoticeState::Sent))
            .order((training_notices::settled_on.desc(), training_notices::expires_on))
            .limit(limit)
            .select((Self::as_select(), training_modules::title))
            .load(conn)?)
    }
}

/// Notes what is to be told up to today; returns how much it noted. At the very first, only what is due today.
pub fn note_what_ends(act: &mut Act<'_>) -> Result<usize> {
    let today = act.today();
    let mut reached = Mark::Completions.hold(act, today - Days::new(1))?;
    let mut noted = 0;
    while reached < today && noted < BATCH {
        let day = reached + Days::new(1);
        for kind in NoticeKind::ALL {
            noted += note_kind(act, *kind, day, BATCH - noted)?;
        }
        if noted < BATCH {
            reached = day;
        }
    }
    Mark::Completions.reach(act, reached)?;
    Ok(noted.unsigned_abs() as usize)
}

fn note_kind(act: &mut Act<'_>, kind: NoticeKind, day: NaiveDate, limit: i64) -> Result<i64> {
    let expires_on = day + Days::new(kind.days_before());
    let noted = training_notices::table
        .filter(training_notices::kind.eq(kind))
        .filter(training_notices::expires_on.eq(expires_on))
        .select(training_notices::completion_id);
    let due: Vec<(CompletionId, Option<AccountId>, ModuleId)> = training_completions::table
        .inner_join(people::table)
        .inner_join(training_modules::table)
        .filter(training_completions::expires_on.eq(expires_on))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .filter(training_modules::state.eq(ModuleState::Offered))
        .filter(people::account_id.is_not_null())
        .filter(training_completions::id.ne_all(noted))
        .order(training_completions::id)
        .limit(limit.max(0))
        .select((training_completions::id, people::account_id, training_completions::module_id))
        .load(act.conn)?;
    let mut count = 0;
    for (completion_id, account, _) in due {
        let Some(account_id) = account else { continue };
        let notice = TrainingNotice {
            id: TrainingNoticeId::new(),
            account_id,
            completion_id,
            kind,
            expires_on,
            state: NoticeState::Waiting,
            settled_on: None,
            message_id: None,
        };
        let added =
            unless_taken(act.conn, |conn| diesel::insert_into(training_notices::table).values(&notice).execute(conn))?;
        count += i64::from(added.is_some());
    }
    Ok(count)
}
