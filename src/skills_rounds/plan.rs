//! A round that is planned for a day to come, and what the days bring: it opens when its first day is here and no other
//! round is open, and a round closes when its last day is over. Both are acts of the portal's own.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | plan | planned |
//! | planned | open, on its first day | opened |
//! | planned | withdraw | withdrawn |

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::skills_round_plans as plans;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, DistrictCode, RoundPlanId};
use crate::skills_audit::{Round, RoundTerms, close_round, open_round};
use crate::text_enum;

text_enum! {
    pub enum PlanState { Planned = "planned", Opened = "opened", Withdrawn = "withdrawn" }
}

/// A plan as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = plans, treat_none_as_default_value = false)]
pub struct RoundPlan {
    pub id: RoundPlanId,
    pub title: String,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
    districts: String,
    state: PlanState,
    planned_by: AccountId,
    planned_at: NaiveDateTime,
}

/// What came of planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// Its first day is here: it is open.
    Opened,
    ForLater,
    /// A round is open, and this one would begin today.
    OneIsOpen,
    /// Another is planned.
    OneIsPlanned,
}

impl RoundPlan {
    /// The one that waits for its day.
    pub fn waiting(conn: &mut DbConnection) -> Result<Option<Self>> {
        let waiting = plans::table.filter(plans::state.eq(PlanState::Planned));
        Ok(waiting.select(Self::as_select()).first(conn).optional()?)
    }

    pub fn terms(&self) -> RoundTerms {
        let codes = self.districts.split_whitespace();
        RoundTerms {
            title: self.title.clone(),
            closes_on: self.closes_on,
            districts: codes.map(DistrictCode::from).collect(),
        }
    }

    /// It will not be held.
    pub fn withdraw(&self, act: &mut Act<'_>) -> Result<()> {
        self.settle(act, PlanState::Withdrawn)?;
        act.record("planned skills round withdrawn", self.subject(), json!({}))
    }

    fn settle(&self, act: &mut Act<'_>, outcome: PlanState) -> Result<()> {
        let changed = diesel::update(plans::table.find(self.id))
            .filter(plans::state.eq(PlanState::Planned))
            .set(plans::state.eq(outcome))
            .execute(act.conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    fn subject(&self) -> Subject {
        Subject::of("skills round plan", self.id)
    }

    /// A made-up one, for pages.
    pub(super) fn sample() -> Self {
        Self {
            id: RoundPlanId::new(),
            title: "Skills audit 2027/28".into(),
            opens_on: NaiveDate::default(),
            closes_on: Some(NaiveDate::default()),
            districts: String::new(),
            state: PlanState::Planned,
            planned_by: AccountId::new(),
            planned_at: NaiveDateTime::default(),
        }
    }
}

/// Opens a round if its first day is here, and else plans it.
pub fn plan_round(act: &mut Act<'_>, terms: &RoundTerms, opens_on: NaiveDate, by: AccountId) -> Result<Planned> {
    if opens_on <= act.today() {
        return Ok(if open_round(act, terms)?.is_some() { Planned::Opened } else { Planned::OneIsOpen });
    }
    let codes: Vec<&str> = terms.districts.iter().map(DistrictCode::as_str).collect();
    let plan = RoundPlan {
        id: RoundPlanId::new(),
        title: terms.title.clone(),
        opens_on,
        closes_on: terms.closes_on,
        districts: codes.join(" "),
        state: PlanState::Planned,
        planned_by: by,
        planned_at: act.at,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(plans::table).values(&plan).execute(conn))?;
    if added.is_none() {
        return Ok(Planned::OneIsPlanned);
    }
    act.record("skills round planned", plan.subject(), json!({ "title": plan.title, "opens_on": opens_on }))?;
    Ok(Planned::ForLater)
}

/// Closes the round whose last day is over, or opens the one whose first day is here; how many, which is one or none.
pub fn open_and_close_due(act: &mut Act<'_>) -> Result<usize> {
    let today = act.today();
    let open = Round::open_now(act.conn)?;
    if let Some(round) = open.as_ref().filter(|round| round.closes_on.is_some_and(|day| day < today)) {
        close_round(act, round)?;
        return Ok(1);
    }
    let Some(plan) = RoundPlan::waiting(act.conn)?.filter(|plan| plan.opens_on <= today && open.is_none()) else {
        return Ok(0);
    };
    plan.settle(act, PlanState::Opened)?;
    open_round(act, &plan.terms())?;
    Ok(1)
}
