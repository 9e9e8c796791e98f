//! Courses by others that count as a module: "first aid by others counts".
//! One that is no longer offered stays on the records that name it.

use diesel::prelude::*;

use crate::db::schema::training_equivalents;
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{EquivalentId, ModuleId};
use crate::text_enum;

text_enum! {
    pub enum EquivalentState { Offered = "offered", Retired = "retired" }
}

/// A course that counts as a module.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_equivalents)]
pub struct Equivalent {
    pub id: EquivalentId,
    pub module_id: ModuleId,
    /// What the course is called, with who gives it.
    pub title: String,
    pub(super) state: EquivalentState,
}

impl Equivalent {
    /// All that may be chosen now, by title.
    pub fn all_offered(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(training_equivalents::table
            .filter(training_equivalents::state.eq(EquivalentState::Offered))
            .order(training_equivalents::title)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// Those of one module that may be chosen now, by title.
    pub fn offered_for(conn: &mut DbConnection, module: &ModuleId) -> Result<Vec<Self>> {
        let mut offered = Self::all_offered(conn)?;
        offered.retain(|course| course.module_id == *module);
        Ok(offered)
    }

    pub fn find(conn: &mut DbConnection, id: EquivalentId) -> Result<Self> {
        Ok(training_equivalents::table.find(id).select(Self::as_select()).first(conn)?)
    }
}

/// Adds a course that counts as a module; one that was retired is offered again.
pub(super) fn add_equivalent(conn: &mut DbConnection, module: &ModuleId, title: &str) -> Result<()> {
    let new = Equivalent {
        id: EquivalentId::new(),
        module_id: module.clone(),
        title: title.to_owned(),
        state: EquivalentState::Offered,
    };
    let added = unless_taken(conn, |conn| diesel::insert_into(training_equivalents::table).values(&new).execute(conn))?;
    if added.is_none() {
        diesel::update(training_equivalents::table)
            .filter(training_equivalents::module_id.eq(module))
            .filter(training_equivalents::title.eq(title))
            .set(training_equivalents::state.eq(EquivalentState::Offered))
            .execute(conn)?;
    }
    Ok(())
}

/// Makes these titles, and no others, the courses that count as a module.
pub fn set_equivalents(conn: &mut DbConnection, module: &ModuleId, titles: &[String]) -> Result<()> {
    diesel::update(training_equivalents::table)
        .filter(training_equivalents::module_id.eq(module))
        .filter(training_equivalents::title.ne_all(titles))
        .set(training_equivalents::state.eq(EquivalentState::Retired))
        .execute(conn)?;
    titles.iter().try_for_each(|title| add_equivalent(conn, module, title))
}
