//! A training session: when and where, for how many, and for whom places are held.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | plan | draft |
//! | draft | open | open: people can book |
//! | draft, open | cancel | cancelled; everyone with a place or waiting is told |
//! | open | close (the register is finished) | over |
//!
//! No more are booked than there are places: the table itself refuses it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::day_of;
use crate::db::DbConnection;
use crate::db::schema::{training_providers, training_sessions};
use crate::error::{Error, Result};
use crate::ids::{AccountId, DistrictCode, ModuleId, ProviderId, TrainingSessionId};
use crate::providers::TrainingProvider;
use crate::text_enum;

text_enum! {
    /// What a session is about.
    pub enum SessionSubject { Module = "module", Charter = "charter" }
}

text_enum! {
    pub enum Setting { Place = "place", Online = "online" }
}

text_enum! {
    /// For whom places are held back until a day.
    pub enum HeldFor {
        Nobody = "nobody",
        /// Organisations that never had a place on any session.
        Newcomers = "newcomers",
        /// Organisations that work in one district.
        District = "district",
    }
}

text_enum! {
    pub enum SessionState { Draft = "draft", Open = "open", Over = "over", Cancelled = "cancelled" }
}

/// A session as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_sessions, treat_none_as_default_value = false)]
pub struct TrainingSession {
    pub id: TrainingSessionId,
    pub provider_id: ProviderId,
    pub subject: SessionSubject,
    pub module_id: Option<ModuleId>,
    pub title: String,
    /// What people will do there, and what to bring.
    pub about: String,
    /// Who leads it, as people may read it.
    pub trainers: String,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub setting: Setting,
    /// Empty when it is online.
    pub place: String,
    pub postcode: Option<String>,
    pub district_code: Option<DistrictCode>,
    /// Only those with a place are told.
    pub online_link: Option<String>,
    /// What the place offers: step-free, a hearing loop, a quiet room.
    pub access: String,
    pub price_pence: i32,
    /// Who may come for less, and how to ask; empty when nobody.
    pub bursary: String,
    pub capacity: i32,
    pub(super) booked: i32,
    /// Of those booked, how many are among those for whom places are held.
    pub(super) favoured: i32,
    pub held: i32,
    pub held_for: HeldFor,
    pub held_district: Option<DistrictCode>,
    pub held_until: Option<NaiveDateTime>,
    pub(super) state: SessionState,
    /// Grows with each change that calendars must learn of.
    pub edition: i32,
    pub cancelled_because: Option<String>,
    pub created_by: AccountId,
    pub created_at: NaiveDateTime,
    /// Sealed: see `young_trainers`.
    pub(super) adult_contact: Option<String>,
}

/// What a provider says of a session.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = training_sessions, treat_none_as_null = true)]
pub struct Plan {
    pub subject: SessionSubject,
    pub module_id: Option<ModuleId>,
    pub title: String,
    pub about: String,
    pub trainers: String,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub setting: Setting,
    pub place: String,
    pub postcode: Option<String>,
    pub district_code: Option<DistrictCode>,
    pub online_link: Option<String>,
    pub access: String,
    pub price_pence: i32,
    pub bursary: String,
    pub capacity: i32,
    pub held: i32,
    pub held_for: HeldFor,
    pub held_district: Option<DistrictCode>,
    pub held_until: Option<NaiveDateTime>,
}

impl Plan {
    /// Nothing said yet: twelve places, free, at no place.
    pub fn blank(now: NaiveDateTime) -> Self {
        Self {
            subject: SessionSubject::Charter,
            module_id: None,
            title: String::new(),
            about: String::new(),
            trainers: String::new(),
            starts_at: now,
            ends_at: now,
            setting: Setting::Place,
            place: String::new(),
            postcode: None,
            district_code: None,
            online_link: None,
            access: String::new(),
            price_pence: 0,
            bursary: String::new(),
            capacity: 12,
            held: 0,
            held_for: HeldFor::Nobody,
            held_district: None,
            held_until: None,
        }
    }

    /// What is said of a session now.
    pub fn of(session: &TrainingSession) -> Self {
        let session = session.clone();
        Self {
            subject: session.subject,
            module_id: session.module_id,
            title: session.title,
            about: session.about,
            trainers: session.trainers,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            setting: session.setting,
            place: session.place,
            postcode: session.postcode,
            district_code: session.district_code,
            online_link: session.online_link,
            access: session.access,
            price_pence: session.price_pence,
            bursary: session.bursary,
            capacity: session.capacity,
            held: session.held,
            held_for: session.held_for,
            held_district: session.held_district,
            held_until: session.held_until,
        }
    }
}

/// What came of changing a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replanned {
    Made,
    /// More are booked than it would hold.
    TooFewPlaces {
        booked: i32,
    },
}

impl TrainingSession {
    pub fn find(conn: &mut DbConnection, id: TrainingSessionId) -> Result<Self> {
        Ok(training_sessions::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// A session of one of these providers; any other is not found.
    pub fn find_of(conn: &mut DbConnection, providers: &[TrainingProvider], id: TrainingSessionId) -> Result<Self> {
        Ok(training_sessions::table
            .find(id)
            .filter(training_sessions::provider_id.eq_any(providers.iter().map(|provider| provider.id)))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// A session that people know of, with who gives it: a draft is not found.
    pub fn find_announced(conn: &mut DbConnection, id: TrainingSessionId) -> Result<(Self, TrainingProvider)> {
        Ok(training_sessions::table
            .inner_join(training_providers::table)
            .filter(training_sessions::id.eq(id))
            .filter(training_sessions::state.ne(SessionState::Draft))
            .select((Self::as_select(), TrainingProvider::as_select()))
            .first(conn)?)
    }

    /// The sessions of these providers that end after `from`, the soonest first; drafts and cancelled ones too.
    pub fn ahead_of(conn: &mut DbConnection, providers: &[TrainingProvider], from: NaiveDateTime) -> Result<Vec<Self>> {
        Ok(training_sessions::table
            .filter(training_sessions::provider_id.eq_any(providers.iter().map(|provider| provider.id)))
            .filter(training_sessions::ends_at.ge(from))
            .order((training_sessions::starts_at, training_sessions::id))
            .limit(200)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The sessions of these providers that ended before `until`, the latest first.
    pub fn behind(conn: &mut DbConnection, providers: &[TrainingProvider], until: NaiveDateTime) -> Result<Vec<Self>> {
        Ok(training_sessions::table
            .filter(training_sessions::provider_id.eq_any(providers.iter().map(|provider| provider.id)))
            .filter(training_sessions::ends_at.lt(until))
            .order((training_sessions::starts_at.desc(), training_sessions::id))
            .limit(100)
            .select(Self::as_select())
            .load(conn)?)
    }

    pub fn state(&self) -> SessionState {
        self.state
    }

    /// How many have a place.
    pub fn booked(&self) -> i32 {
        self.booked
    }

    /// Can people ask for a place at this instant?
    pub fn is_bookable(&self, now: NaiveDateTime) -> bool {
        self.state == SessionState::Open && self.starts_at > now
    }

    /// Is everything said that people must know to book?
    pub fn is_ready(&self, now: NaiveDateTime) -> bool {
        let has_place = match self.setting {
            Setting::Place => !self.place.is_empty(),
            Setting::Online => self.online_link.is_some(),
        };
        self.state == SessionState::Draft && has_place && self.starts_at > now
    }

    /// The day of it in the United Kingdom.
    pub fn day(&self) -> NaiveDate {
        day_of(self.starts_at)
    }

    /// What audit entries about it are about.
    pub fn subject_of_entry(&self) -> Subject {
        Subject::of("training-session", self.id)
    }

    /// Takes its row for this act, so that whoever else books or leaves does so before or after; as it is now.
    pub(super) fn hold(act: &mut Act<'_>, id: TrainingSessionId) -> Result<Self> {
        diesel::update(training_sessions::table.find(id))
            .set(training_sessions::edition.eq(training_sessions::edition))
            .execute(act.conn)?;
        Self::find(act.conn, id)
    }

    /// Changes what is said of it. Nobody loses a place: fewer places than are booked are refused.
    pub fn replan(&self, act: &mut Act<'_>, plan: &Plan) -> Result<Replanned> {
        let now = Self::hold(act, self.id)?;
        if !matches!(now.state, SessionState::Draft | SessionState::Open) {
            return Err(Error::Conflict);
        }
        if plan.capacity < now.booked {
            return Ok(Replanned::TooFewPlaces { booked: now.booked });
        }
        diesel::update(training_sessions::table.find(self.id))
            .set((plan, training_sessions::edition.eq(now.edition + 1)))
            .execute(act.conn)?;
        act.record("training session changed", self.subject_of_entry(), json!({ "edition": now.edition + 1 }))?;
        Ok(Replanned::Made)
    }

    /// Lets people book.
    pub fn open(&self, act: &mut Act<'_>) -> Result<()> {
        self.change_state(act, &[SessionState::Draft], SessionState::Open)
    }

    /// The register is finished.
    pub fn close(&self, act: &mut Act<'_>) -> Result<()> {
        self.change_state(act, &[SessionState::Open], SessionState::Over)
    }

    pub(super) fn change_state(&self, act: &mut Act<'_>, from: &[SessionState], to: SessionState) -> Result<()> {
        let changed = diesel::update(training_sessions::table.find(self.id))
            .filter(training_sessions::state.eq_any(from))
            .set((training_sessions::state.eq(to), training_sessions::edition.eq(training_sessions::edition + 1)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record(&format!("training session {}", to.as_str()), self.subject_of_entry(), json!({}))
    }
}

/// Plans a session. Nobody but its provider sees it until it is opened.
pub fn plan_session(
    act: &mut Act<'_>,
    provider: &TrainingProvider,
    by: AccountId,
    plan: Plan,
) -> Result<TrainingSession> {
    let session = TrainingSession {
        id: TrainingSessionId::new(),
        provider_id: provider.id,
        subject: plan.subject,
        module_id: plan.module_id,
        title: plan.title,
        about: plan.about,
        trainers: plan.trainers,
        starts_at: plan.starts_at,
        ends_at: plan.ends_at,
        setting: plan.setting,
        place: plan.place,
        postcode: plan.postcode,
        district_code: plan.district_code,
        online_link: plan.online_link,
        access: plan.access,
        price_pence: plan.price_pence,
        bursary: plan.bursary,
        capacity: plan.capacity,
        booked: 0,
        favoured: 0,
        held: plan.held,
        held_for: plan.held_for,
        held_district: plan.held_district,
        held_until: plan.held_until,
        state: SessionState::Draft,
        edition: 0,
        cancelled_because: None,
        created_by: by,
        created_at: act.at,
        adult_contact: None,
    };
    diesel::insert_into(training_sessions::table).values(&session).execute(act.conn)?;
    act.record("training session planned", session.subject_of_entry(), json!({ "provider": provider.id }))?;
    Ok(session)
}
