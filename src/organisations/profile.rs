//! What an organisation says of itself, answer by answer. Answers can be given only while it is being registered.

use diesel::prelude::*;
use serde_json::json;

use super::identifiers::{CharityNumber, CompanyNumber, Postcode};
use super::organisation::{LegalForm, Organisation, OrganisationState, Stage};
use super::places::{Activity, District};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{
    activities, districts, organisation_activities, organisation_days, organisation_districts, organisations,
};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{ActivityId, DistrictCode, OrganisationId};
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

/// The answer to one question of the registration.
#[derive(Debug, Clone)]
pub enum Answer {
    Name(String),
    LegalForm(LegalForm),
    /// Neither means: it said that it has none.
    Numbers {
        charity: Option<CharityNumber>,
        company: Option<CompanyNumber>,
    },
    Description(String),
    Activities(Vec<ActivityId>),
    /// In years, the younger first.
    Ages {
        min: i32,
        max: i32,
    },
    Days(Vec<Day>),
    Districts(Vec<DistrictCode>),
    Postcode(Postcode),
    SafeguardingLead {
        name: String,
        email: EmailAddress,
    },
    Stage(Stage),
}

/// An organisation with its places, days and activities.
#[derive(Debug, Clone)]
pub struct Profile {
    pub organisation: Organisation,
    pub districts: Vec<District>,
    pub activities: Vec<Activity>,
    pub days: Vec<Day>,
}

impl Profile {
    /// Three queries beside the organisation's own.
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
        Ok(Self { organisation, districts, activities, days })
    }
}

/// The columns that answers fill; `None` leaves one as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = organisations)]
struct Change {
    name: Option<String>,
    search: Option<String>,
    legal_form: Option<LegalForm>,
    charity_number: Option<Option<String>>,
    company_number: Option<Option<String>>,
    has_no_number: Option<bool>,
    description: Option<String>,
    min_age: Option<i32>,
    max_age: Option<i32>,
    postcode: Option<String>,
    safeguarding_lead_name: Option<String>,
    safeguarding_lead_email: Option<String>,
    stage: Option<Stage>,
}

impl Organisation {
    /// Writes down an answer. `Conflict` when the registration is not open to changes.
    pub fn answer(&self, act: &mut Act<'_>, answer: Answer) -> Result<()> {
        let question = answer.question();
        // The search column is always given: an update must change something for the guard to be asked.
        let change = Change { search: Some(self.search.clone()), ..answer.as_change() };
        let changed = diesel::update(organisations::table.find(self.id))
            .filter(organisations::state.eq_any([OrganisationState::Draft, OrganisationState::MoreWanted]))
            .set(&change)
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        match answer {
            Answer::Name(name) => {
                let search = organisations::search.eq(fold_for_search(&name));
                diesel::update(organisations::table.find(self.id)).set(search).execute(act.conn)?;
            }
            Answer::Activities(ids) => replace_activities(act.conn, self.id, &ids)?,
            Answer::Days(days) => replace_days(act.conn, self.id, &days)?,
            Answer::Districts(codes) => replace_districts(act.conn, self.id, &codes)?,
            _ => {}
        }
        act.record("registration answered", self.subject(), json!({ "question": question }))
    }
}

impl Answer {
    fn question(&self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::LegalForm(_) => "legal form",
            Self::Numbers { .. } => "numbers",
            Self::Description(_) => "description",
            Self::Activities(_) => "activities",
            Self::Ages { .. } => "ages",
            Self::Days(_) => "days",
            Self::Districts(_) => "districts",
            Self::Postcode(_) => "postcode",
            Self::SafeguardingLead { .. } => "safeguarding lead",
            Self::Stage(_) => "stage",
        }
    }

    fn as_change(&self) -> Change {
        let none = Change::default();
        match self.clone() {
            Self::Name(name) => Change { name: Some(name), ..none },
            Self::LegalForm(form) => Change { legal_form: Some(form), ..none },
            Self::Numbers { charity, company } => Change {
                has_no_number: Some(charity.is_none() && company.is_none()),
                charity_number: Some(charity.map(CharityNumber::into_string)),
                company_number: Some(company.map(CompanyNumber::into_string)),
                ..none
            },
            Self::Description(text) => Change { description: Some(text), ..none },
            Self::Ages { min, max } => Change { min_age: Some(min), max_age: Some(max), ..none },
            Self::Postcode(code) => Change { postcode: Some(code.into_string()), ..none },
            Self::SafeguardingLead { name, email } => Change {
                safeguarding_lead_name: Some(name),
                safeguarding_lead_email: Some(email.into_string()),
                ..none
            },
            Self::Stage(stage) => Change { stage: Some(stage), ..none },
            Self::Activities(_) | Self::Days(_) | Self::Districts(_) => none,
        }
    }
}

fn replace_activities(conn: &mut DbConnection, of: OrganisationId, ids: &[ActivityId]) -> Result<()> {
    use crate::db::schema::organisation_activities::dsl::{activity_id, organisation_activities, organisation_id};
    diesel::delete(organisation_activities.filter(organisation_id.eq(of))).execute(conn)?;
    let rows: Vec<_> = ids.iter().map(|id| (organisation_id.eq(of), activity_id.eq(id))).collect();
    each!(conn, c => diesel::insert_into(organisation_activities).values(&rows).execute(c))?;
    Ok(())
}

fn replace_days(conn: &mut DbConnection, of: OrganisationId, days: &[Day]) -> Result<()> {
    use crate::db::schema::organisation_days::dsl::{day, organisation_days, organisation_id};
    diesel::delete(organisation_days.filter(organisation_id.eq(of))).execute(conn)?;
    let rows: Vec<_> = days.iter().map(|d| (organisation_id.eq(of), day.eq(d))).collect();
    each!(conn, c => diesel::insert_into(organisation_days).values(&rows).execute(c))?;
    Ok(())
}

fn replace_districts(conn: &mut DbConnection, of: OrganisationId, codes: &[DistrictCode]) -> Result<()> {
    use crate::db::schema::organisation_districts::dsl::{district_code, organisation_districts, organisation_id};
    diesel::delete(organisation_districts.filter(organisation_id.eq(of))).execute(conn)?;
    let rows: Vec<_> = codes.iter().map(|code| (organisation_id.eq(of), district_code.eq(code))).collect();
    each!(conn, c => diesel::insert_into(organisation_districts).values(&rows).execute(c))?;
    Ok(())
}
