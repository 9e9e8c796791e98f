//! The modules of the pathways as the VRP keeps them: what each is, who must have it, and until when it counts.
//! They come from `content/` once; afterwards the database is the truth.
//! Words and rules are written apart from each other, so that neither undoes what somebody does to the other.
//! Not here: when the rules may change, which is `pathways`.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::expiry::{Expiry, ExpiryBasis, FixedDay};
use super::requirement::Requirement;
use crate::db::schema::training_modules;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::ModuleId;
use crate::organisations::{LegalForm, Membership, Position};
use crate::text_enum;

text_enum! {
    /// A group of modules.
    pub enum Pathway {
        /// The minimum for everyone who works with young people.
        Core = "core",
        /// For those who carry responsibility for the organisation.
        Accountability = "accountability",
        /// Continuing professional development: qualifications.
        Cpd = "cpd",
    }
}

text_enum! {
    /// Nobody needs a retired module; what was completed stays on the record.
    pub enum ModuleState { Offered = "offered", Retired = "retired" }
}

/// What changes who is up to date: to be tried before it is put into force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub pathway: Pathway,
    pub expiry: Expiry,
    /// Meeting one is enough; none means that nobody must have it.
    pub required_of: Vec<Requirement>,
    pub state: ModuleState,
}

/// A training module.
#[derive(Debug, Clone)]
pub struct Module {
    pub id: ModuleId,
    pub position: i32,
    pub title: String,
    /// Fits the head of a column.
    pub short_title: String,
    pub summary: String,
    /// What it covers at least, one a line.
    pub minimum_content: String,
    pub rules: Rules,
    /// Nobody can have completed it before this day.
    pub since_on: Option<NaiveDate>,
    /// Of a qualification: its level in the national framework, 1 to 8.
    pub qualification_level: Option<i32>,
    /// Of a qualification: who awards it.
    pub awarding_body: Option<String>,
}

/// What a module says of itself. It has no effect on who is up to date.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = training_modules, treat_none_as_null = true)]
pub struct ModuleWords {
    pub title: String,
    pub short_title: String,
    pub summary: String,
    pub minimum_content: String,
}

/// The same, for what few modules have.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = training_modules, treat_none_as_null = true)]
pub struct ModuleParticulars {
    pub since_on: Option<NaiveDate>,
    pub qualification_level: Option<i32>,
    pub awarding_body: Option<String>,
}

/// A module as it is stored.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = training_modules, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct ModuleRow {
    id: ModuleId,
    position: i32,
    title: String,
    short_title: String,
    pathway: Pathway,
    summary: String,
    minimum_content: String,
    refresh_months: Option<i32>,
    expiry_basis: ExpiryBasis,
    renewal_days: i32,
    fixed_day: Option<String>,
    required_of: String,
    since_on: Option<NaiveDate>,
    state: ModuleState,
    qualification_level: Option<i32>,
    awarding_body: Option<String>,
}

impl Module {
    /// Every module that is offered, in the programme's order.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        let rows = training_modules::table
            .filter(training_modules::state.eq(ModuleState::Offered))
            .order(training_modules::position)
            .select(ModuleRow::as_select())
            .load::<ModuleRow>(conn)?;
        rows.into_iter().map(Self::try_from).collect()
    }

    /// Retired ones too, in the programme's order.
    pub fn all_ever(conn: &mut DbConnection) -> Result<Vec<Self>> {
        let rows = training_modules::table.order(training_modules::position).select(ModuleRow::as_select());
        rows.load::<ModuleRow>(conn)?.into_iter().map(Self::try_from).collect()
    }

    pub fn find(conn: &mut DbConnection, id: &ModuleId) -> Result<Self> {
        training_modules::table.find(id).select(ModuleRow::as_select()).first::<ModuleRow>(conn)?.try_into()
    }

    pub fn pathway(&self) -> Pathway {
        self.rules.pathway
    }

    /// Must this member have it, in an organisation of this kind?
    pub fn is_required_of(&self, membership: &Membership, legal_form: Option<LegalForm>) -> bool {
        self.rules.is_required_in(membership.position(), legal_form)
    }

    /// Adds it, unless there is another of this id.
    pub fn add(&self, conn: &mut DbConnection) -> Result<Option<()>> {
        let row = ModuleRow::from(self);
        let added = unless_taken(conn, |c| diesel::insert_into(training_modules::table).values(&row).execute(c))?;
        Ok(added.map(drop))
    }

    pub fn write_words(&self, conn: &mut DbConnection, words: &ModuleWords) -> Result<()> {
        diesel::update(training_modules::table.find(&self.id)).set(words).execute(conn)?;
        Ok(())
    }

    pub fn write_particulars(&self, conn: &mut DbConnection, particulars: &ModuleParticulars) -> Result<()> {
        diesel::update(training_modules::table.find(&self.id)).set(particulars).execute(conn)?;
        Ok(())
    }

    /// Lets these rules hold from now on. Until when completions count is not worked out here.
    pub fn take_rules(&self, conn: &mut DbConnection, rules: &Rules) -> Result<()> {
        let row = ModuleRow::from(&Self { rules: rules.clone(), ..self.clone() });
        diesel::update(training_modules::table.find(&self.id))
            .set((
                training_modules::pathway.eq(row.pathway),
                training_modules::refresh_months.eq(row.refresh_months),
                training_modules::expiry_basis.eq(row.expiry_basis),
                training_modules::renewal_days.eq(row.renewal_days),
                training_modules::fixed_day.eq(row.fixed_day),
                training_modules::required_of.eq(row.required_of),
                training_modules::state.eq(row.state),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Numbers all modules in this order.
    pub fn arrange(conn: &mut DbConnection, in_order: &[Self]) -> Result<()> {
        for (position, module) in (1..).zip(in_order) {
            if module.position != position {
                diesel::update(training_modules::table.find(&module.id))
                    .set(training_modules::position.eq(position))
                    .execute(conn)?;
            }
        }
        Ok(())
    }

    /// Writes it down, whether it is new or was there before.
    pub fn store(&self, conn: &mut DbConnection) -> Result<()> {
        let row = ModuleRow::from(self);
        let changed = diesel::update(training_modules::table.find(&self.id)).set(&row).execute(conn)?;
        if changed == 0 {
            diesel::insert_into(training_modules::table).values(&row).execute(conn)?;
        }
        Ok(())
    }
}

impl Rules {
    /// Must whoever has this position have it?
    pub fn is_required_in(&self, position: Position, legal_form: Option<LegalForm>) -> bool {
        let is_met = |wanted: &Requirement| wanted.is_met_by(position, legal_form);
        self.state == ModuleState::Offered && self.required_of.iter().any(is_met)
    }
}

impl TryFrom<ModuleRow> for Module {
    type Error = Error;

    fn try_from(row: ModuleRow) -> Result<Self> {
        let renewal_days = row.renewal_days.unsigned_abs();
        let expiry = match (row.refresh_months.map(i32::unsigned_abs), row.expiry_basis) {
            (None, _) => Expiry::Never,
            (Some(months), ExpiryBasis::Completion) => Expiry::FromCompletion { months },
            (Some(months), ExpiryBasis::PreviousExpiry) => Expiry::FromPreviousExpiry { months, renewal_days },
            (Some(months), ExpiryBasis::FixedDay) => {
                let day = row.fixed_day.as_deref().and_then(FixedDay::parse);
                let day = day.ok_or_else(|| Error::unexpected(format!("module {} has no fixed day", row.id)))?;
                Expiry::OnFixedDay { day, years: months.div_ceil(12), renewal_days }
            }
        };
        let required_of = serde_json::from_str(&row.required_of).map_err(Error::unexpected)?;
        Ok(Self {
            id: row.id,
            position: row.position,
            title: row.title,
            short_title: row.short_title,
            summary: row.summary,
            minimum_content: row.minimum_content,
            rules: Rules { pathway: row.pathway, expiry, required_of, state: row.state },
            since_on: row.since_on,
            qualification_level: row.qualification_level,
            awarding_body: row.awarding_body,
        })
    }
}

impl From<&Module> for ModuleRow {
    fn from(module: &Module) -> Self {
        let Rules { pathway, expiry, required_of, state } = &module.rules;
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        Self {
            id: module.id.clone(),
            position: module.position,
            title: module.title.clone(),
            short_title: module.short_title.clone(),
            pathway: *pathway,
            summary: module.summary.clone(),
            minimum_content: module.minimum_content.clone(),
            refresh_months: expiry.months().map(number),
            expiry_basis: expiry.basis(),
            renewal_days: number(expiry.renewal_days().unwrap_or_default()),
            fixed_day: expiry.fixed_day().map(FixedDay::as_text),
            required_of: serde_json::to_string(required_of).expect("requirements can be written as JSON"),
            since_on: module.since_on,
            state: *state,
            qualification_level: module.qualification_level,
            awarding_body: module.awarding_body.clone(),
        }
    }
}
