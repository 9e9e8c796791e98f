//! Districts and kinds of activity: the words by which provision is found. They come from `content/`.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;

use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{activities, districts, organisation_districts};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{ActivityId, DistrictCode, OrganisationId};

/// In more than one district, or of more than one kind.
pub const SEVERAL: &str = "several";
/// In no district, or of a kind that was not said.
pub const NONE: &str = "none";

/// A district, by its GSS code.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Deserialize)]
#[diesel(table_name = districts, treat_none_as_default_value = false)]
pub struct District {
    pub code: DistrictCode,
    pub name: String,
    pub county: String,
}

/// A kind of activity.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Deserialize)]
#[diesel(table_name = activities, treat_none_as_default_value = false)]
pub struct Activity {
    pub id: ActivityId,
    pub name: String,
}

#[derive(Deserialize)]
struct DistrictsFile {
    districts: Vec<District>,
}

#[derive(Deserialize)]
struct ActivitiesFile {
    activities: Vec<Activity>,
}

impl District {
    /// All districts, by name.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(districts::table.order(districts::name).select(Self::as_select()).load(conn)?)
    }
}

impl Activity {
    /// All kinds of activity, by name.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(activities::table.order(activities::name).select(Self::as_select()).load(conn)?)
    }
}

/// The names of the districts that each of these organisations works in, by name.
pub fn districts_of(conn: &mut DbConnection, of: &[OrganisationId]) -> Result<HashMap<OrganisationId, Vec<String>>> {
    let rows: Vec<(OrganisationId, String)> = organisation_districts::table
        .inner_join(districts::table)
        .filter(organisation_districts::organisation_id.eq_any(of))
        .order(districts::name)
        .select((organisation_districts::organisation_id, districts::name))
        .load(conn)?;
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    rows.into_iter().for_each(|(organisation, name)| names.entry(organisation).or_default().push(name));
    Ok(names)
}

/// One word for each: its own, or that there are several.
pub fn one_word_each(rows: impl Iterator<Item = (OrganisationId, String)>) -> HashMap<OrganisationId, String> {
    let mut words: HashMap<OrganisationId, String> = HashMap::new();
    for (id, word) in rows {
        words.entry(id).and_modify(|known| SEVERAL.clone_into(known)).or_insert(word);
    }
    words
}

pub(super) fn load_content(act: &mut Act<'_>) -> Result<()> {
    let file: DistrictsFile =
        toml::from_str(include_str!("../../content/districts.toml")).map_err(Error::unexpected)?;
    each!(act.conn, c => diesel::insert_into(districts::table).values(&file.districts).execute(c))?;
    let file: ActivitiesFile =
        toml::from_str(include_str!("../../content/activities.toml")).map_err(Error::unexpected)?;
    each!(act.conn, c => diesel::insert_into(activities::table).values(&file.activities).execute(c))?;
    Ok(())
}
