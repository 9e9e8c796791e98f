//! What an organisation says of itself. The profile in the tables is the public one; it changes while the organisation
//! is being registered, and afterwards when what it changed is published, never otherwise.

use diesel::prelude::*;
use serde_json::json;

use super::answer::Answer;
use super::identifiers::{Claim, Identifier, replace_identifiers};
use super::organisation::{LegalForm, Organisation, OrganisationState, Stage};
use super::places::{Activity, District};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{
    activities, districts, organisation_access, organisation_activities, organisation_days, organisation_districts,
    organisation_languages, organisations,
};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{AccessId, ActivityId, DistrictCode, LanguageId, OrganisationId};
use crate::text_enum;
use crate::words::{EmailAddress, fold_for_search};

text_enum! {
    /// A day of the week.
    pub enum Day {
        Monday = "monday",
        Tuesday = "tuesday",
        Wednesday = "wednesday",
        Thursday = "thursday",
        Friday = "friday",
        Saturday = "saturday",
        Sunday = "sunday",
    }
}

/// An organisation with its numbers, places, days and activities.
#[derive(Debug, Clone)]
pub struct Profile {
    pub organisation: Organisation,
    pub identifiers: Vec<Identifier>,
    pub districts: Vec<District>,
    pub activities: Vec<Activity>,
    pub days: Vec<Day>,
    pub languages: Vec<LanguageId>,
    pub access: Vec<AccessId>,
}

impl Profile {
    /// Six queries beside the organisation's own.
    pub fn of(conn: &mut DbConnection, organisation: Organisation) -> Result<Self> {
        let id = organisation.id;
        let districts = districts::table
            .inner_join(organisation_districts::table)
            .filter(organisation_districts::organisation_id.eq(id))
            .order(districts::name)
            .select(District::as_select())
            .load(conn)?;
        let activities = activities::table
            .inner_join(organisation_activities::table)
            .filter(organisation_activities::organisation_id.eq(id))
            .order(activities::name)
            .select(Activity::as_select())
            .load(conn)?;
        let mut days: Vec<Day> = organisation_days::table
            .filter(organisation_days::organisation_id.eq(id))
            .select(organisation_days::day)
            .load(conn)?;
        days.sort();
        let languages = organisation_languages::table
            .filter(organisation_languages::organisation_id.eq(id))
            .order(organisation_languages::language)
            .select(organisation_languages::language)
            .load(conn)?;
        let access = organisation_access::table
            .filter(organisation_access::organisation_id.eq(id))
            .order(organisation_access::feature)
            .select(organisation_access::feature)
            .load(conn)?;
        let identifiers = Identifier::all_of(conn, id)?;
        Ok(Self { organisation, identifiers, districts, activities, days, languages, access })
    }

    /// As it would be with this answer.
    pub(super) fn lay_over(&mut self, conn: &mut DbConnection, answer: Answer) -> Result<()> {
        let organisation = &mut self.organisation;
        match answer {
            Answer::Name(name) => organisation.name = name,
            Answer::LegalForm(form) => organisation.legal_form = Some(form),
            Answer::Numbers(identifiers) => {
                organisation.has_no_number = identifiers.is_empty();
                self.identifiers = identifiers;
            }
            Answer::Description(text) => organisation.description = Some(text),
            Answer::Ages { min, max } => (organisation.min_age, organisation.max_age) = (Some(min), Some(max)),
            Answer::Postcode(code) => organisation.postcode = Some(code.into_string()),
            Answer::SafeguardingLead { name, email } => {
                organisation.safeguarding_lead_name = Some(name);
                organisation.safeguarding_lead_email = Some(email.into_string());
            }
            Answer::Stage(stage) => organisation.stage = Some(stage),
            Answer::Contact { website, email, phone } => {
                organisation.website = website.map(String::from);
                organisation.public_email = email.map(EmailAddress::into_string);
                organisation.phone = phone.map(String::from);
            }
            Answer::Access { features, note } => (self.access, organisation.access_note) = (features, note),
            Answer::Languages(ids) => self.languages = ids,
            Answer::Days(days) => self.days = days,
            Answer::Activities(ids) => {
                self.activities = Activity::all(conn)?.into_iter().filter(|a| ids.contains(&a.id)).collect();
            }
            Answer::Districts(codes) => {
                self.districts = District::all(conn)?.into_iter().filter(|d| codes.contains(&d.code)).collect();
            }
        }
        Ok(())
    }
}

impl Organisation {
    /// Writes down an answer of a registration. `Conflict` when it is not open to changes.
    pub fn answer(&self, act: &mut Act<'_>, answer: Answer) -> Result<()> {
        // Something must be set for the guard to be asked.
        let held = diesel::update(organisations::table.find(self.id))
            .filter(organisations::state.eq_any([OrganisationState::Draft, OrganisationState::MoreWanted]))
            .set(organisations::id.eq(self.id))
            .execute(act.conn)?;
        if held == 0 {
            return Err(Error::Conflict);
        }
        let question = answer.question().as_str();
        put_answer(act.conn, self.id, answer, Claim::Later)?;
        act.record("registration answered", self.subject(), json!({ "question": question }))
    }
}

/// Writes an answer into the public tables.
pub(super) fn put_answer(conn: &mut DbConnection, of: OrganisationId, answer: Answer, claim: Claim) -> QueryResult<()> {
    match answer.tidied() {
        Answer::Activities(ids) => replace_activities(conn, of, &ids),
        Answer::Days(days) => replace_days(conn, of, &days),
        Answer::Districts(codes) => replace_districts(conn, of, &codes),
        Answer::Languages(ids) => replace_languages(conn, of, &ids),
        answer => {
            match &answer {
                Answer::Access { features, .. } => replace_access(conn, of, features)?,
                Answer::Numbers(identifiers) => replace_identifiers(conn, of, identifiers, claim)?,
                _ => {}
            }
            let change = Columns::filled_by(answer);
            diesel::update(organisations::table.find(of)).set(&change).execute(conn).map(drop)
        }
    }
}

/// The columns that answers fill; `None` leaves one as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = organisations)]
struct Columns {
    name: Option<String>,
    search: Option<String>,
    legal_form: Option<LegalForm>,
    has_no_number: Option<bool>,
    description: Option<String>,
    min_age: Option<i32>,
    max_age: Option<i32>,
    postcode: Option<String>,
    safeguarding_lead_name: Option<String>,
    safeguarding_lead_email: Option<String>,
    stage: Option<Stage>,
    access_note: Option<Option<String>>,
    website: Option<Option<String>>,
    public_email: Option<Option<String>>,
    phone: Option<Option<String>>,
}

impl Columns {
    fn filled_by(answer: Answer) -> Self {
        let none = Self::default();
        match answer {
            Answer::Name(name) => Self { search: Some(fold_for_search(&name)), name: Some(name), ..none },
            Answer::LegalForm(form) => Self { legal_form: Some(form), ..none },
            Answer::Numbers(identifiers) => Self { has_no_number: Some(identifiers.is_empty()), ..none },
            Answer::Description(text) => Self { description: Some(text), ..none },
            Answer::Ages { min, max } => Self { min_age: Some(min), max_age: Some(max), ..none },
            Answer::Postcode(code) => Self { postcode: Some(code.into_string()), ..none },
            Answer::SafeguardingLead { name, email } => {
                Self { safeguarding_lead_name: Some(name), safeguarding_lead_email: Some(email.into_string()), ..none }
            }
            Answer::Stage(stage) => Self { stage: Some(stage), ..none },
            Answer::Access { note, .. } => Self { access_note: Some(note), ..none },
            Answer::Contact { website, email, phone } => Self {
                website: Some(website.map(String::from)),
                public_email: Some(email.map(EmailAddress::into_string)),
                phone: Some(phone.map(String::from)),
                ..none
            },
            Answer::Activities(_) | Answer::Days(_) | Answer::Districts(_) | Answer::Languages(_) => none,
        }
    }
}

macro_rules! replaces_rows {
    ($($name:ident: $table:ident ($column:ident: $type:ty);)*) => {$(
        fn $name(conn: &mut DbConnection, of: OrganisationId, chosen: &[$type]) -> QueryResult<()> {
            use crate::db::schema::$table::dsl::{$column, $table, organisation_id};
            diesel::delete($table.filter(organisation_id.eq(of))).execute(conn)?;
            let rows: Vec<_> = chosen.iter().map(|one| (organisation_id.eq(of), $column.eq(one))).collect();
            each!(conn, c => diesel::insert_into($table).values(&rows).execute(c)).map(drop)
        }
    )*};
}

replaces_rows! {
    replace_activities: organisation_activities (activity_id: ActivityId);
    replace_days: organisation_days (day: Day);
    replace_districts: organisation_districts (district_code: DistrictCode);
    replace_languages: organisation_languages (language: LanguageId);
    replace_access: organisation_access (feature: AccessId);
}
