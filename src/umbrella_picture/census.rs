//! The census of an umbrella body: what each organisation that consented brings to each table, now; and who leads
//! together. Ten queries, whatever the number of organisations.
//! Organisations that a lead of the umbrella body leads too are not counted: it knows them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::rule::{Brought, Hands, Unit};
use crate::affiliations::AffiliationState;
use crate::charter::PledgeState;
use crate::db::DbConnection;
use crate::db::schema::{
    affiliations, endorsements, memberships, organisation_districts, organisations, pledges, training_completions,
};
use crate::error::Result;
use crate::ids::{DistrictCode, ModuleId, OrganisationId, PersonId};
use crate::organisations::{
    District, Engagement, MembershipRole, MembershipState, OrganisationStanding, OrganisationState,
};
use crate::quality::Level;
use crate::review::EndorsementState;
use crate::training::{CompletionState, Module, Pathway};

/// Works in more than one district.
pub const SEVERAL: &str = "several";
/// Has no pledge, or no endorsement, in force.
pub const NONE: &str = "none";
/// Has a pledge in force.
pub const IN_FORCE: &str = "in_force";
/// Has a training in date, or not.
pub const IN_DATE: &str = "in_date";
pub const NOT_IN_DATE: &str = "not_in_date";
/// Everyone.
pub const EVERYONE: &str = "everyone";

/// The tables there are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableName {
    Districts,
    Pledge,
    Level,
    /// Of one number: all people who work with young people. It goes with the tables of people.
    People,
    Engagement,
    Training(ModuleId),
}

/// One table: what each organisation brings, by category.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: TableName,
    /// Stable words.
    pub categories: Vec<String>,
    pub brought: Brought,
}

/// Everything, now.
pub struct Census {
    pub tables: Vec<Table>,
    pub hands: Hands,
}

impl TableName {
    /// The word in the database.
    pub fn word(&self) -> String {
        match self {
            Self::Districts => "districts".to_owned(),
            Self::Pledge => "pledge".to_owned(),
            Self::Level => "level".to_owned(),
            Self::People => "people".to_owned(),
            Self::Engagement => "engagement".to_owned(),
            Self::Training(module) => format!("training:{module}"),
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "districts" => Some(Self::Districts),
            "pledge" => Some(Self::Pledge),
            "level" => Some(Self::Level),
            "people" => Some(Self::People),
            "engagement" => Some(Self::Engagement),
            other => other.strip_prefix("training:").map(|module| Self::Training(module.into())),
        }
    }

    pub fn unit(&self) -> Unit {
        match self {
            Self::Districts | Self::Pledge | Self::Level => Unit::Organisations,
            Self::People | Self::Engagement | Self::Training(_) => Unit::People,
        }
    }
}

impl Census {
    /// Takes it, on this day.
    pub fn take(conn: &mut DbConnection, umbrella: OrganisationId, today: NaiveDate) -> Result<Self> {
        let hands = hands_of(conn, umbrella)?;
        let roster = roster_of(conn, umbrella, &hands)?;
        let mut tables = vec![
            districts_table(conn, umbrella, &roster)?,
            pledge_table(conn, umbrella, &roster)?,
            level_table(conn, umbrella, &roster)?,
        ];
        let people = people_in(conn, umbrella, &roster)?;
        tables.extend(people_tables(&people, &roster));
        let in_date = in_date_in(conn, umbrella, today)?;
        for module in Module::all(conn)?.into_iter().filter(|module| module.pathway() == Pathway::Core) {
            tables.push(training_table(&module.id, &people, &in_date, &roster));
        }
        Ok(Self { tables, hands })
    }
}

type Roster = BTreeSet<OrganisationId>;

#[diesel::dsl::auto_type(no_type_alias)]
fn consented_to(umbrella: OrganisationId) -> _ {
    let consented: AffiliationState = AffiliationState::Consented;
    affiliations::table
        .filter(affiliations::umbrella_id.eq(umbrella))
        .filter(affiliations::state.eq(consented))
        .select(affiliations::organisation_id)
}

/// Everyone who was ever asked, each with whom it is led together with.
fn hands_of(conn: &mut DbConnection, umbrella: OrganisationId) -> Result<Hands> {
    let asked = affiliations::table.filter(affiliations::umbrella_id.eq(umbrella));
    let leads: Vec<(PersonId, OrganisationId)> = memberships::table
        .filter(memberships::role.eq(MembershipRole::Lead))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(
            memberships::organisation_id
                .eq(umbrella)
                .or(memberships::organisation_id.eq_any(asked.select(affiliations::organisation_id))),
        )
        .select((memberships::person_id, memberships::organisation_id))
        .load(conn)?;
    Ok(join_hands(&leads))
}

/// Organisations that share a lead, and those that share one with them, are one hand.
fn join_hands(leads: &[(PersonId, OrganisationId)]) -> Hands {
    let mut hands: Hands = leads.iter().map(|(_, organisation)| (*organisation, *organisation)).collect();
    let mut first_of: BTreeMap<PersonId, OrganisationId> = BTreeMap::new();
    for (person, organisation) in leads {
        let first = *first_of.entry(*person).or_insert(*organisation);
        let (kept, joined) = (hands[&first], hands[organisation]);
        if kept != joined {
            hands.values_mut().filter(|hand| **hand == joined).for_each(|hand| *hand = kept);
        }
    }
    hands
}

fn roster_of(conn: &mut DbConnection, umbrella: OrganisationId, hands: &Hands) -> Result<Roster> {
    let consented: Vec<OrganisationId> = organisations::table
        .filter(organisations::id.eq_any(consented_to(umbrella)))
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .select(organisations::id)
        .load(conn)?;
    let hand = |id: &OrganisationId| hands.get(id).copied().unwrap_or(*id);
    Ok(consented.into_iter().filter(|id| hand(id) != hand(&umbrella)).collect())
}

/// A table to which each organisation brings one, to the category that `of` names.
fn table_of_one_each(
    name: TableName,
    categories: Vec<String>,
    roster: &Roster,
    of: impl Fn(&OrganisationId) -> String,
) -> Table {
    let row = |id: &OrganisationId| {
        let own = of(id);
        (*id, categories.iter().map(|category| i64::from(*category == own)).collect())
    };
    Table { brought: roster.iter().map(row).collect(), name, categories }
}

fn districts_table(conn: &mut DbConnection, umbrella: OrganisationId, roster: &Roster) -> Result<Table> {
    let rows: Vec<(OrganisationId, DistrictCode)> = organisation_districts::table
        .filter(organisation_districts::organisation_id.eq_any(consented_to(umbrella)))
        .select((organisation_districts::organisation_id, organisation_districts::district_code))
        .load(conn)?;
    let mut worked_in: BTreeMap<OrganisationId, String> = BTreeMap::new();
    for (organisation, district) in rows {
        let place = worked_in.entry(organisation).and_modify(|place| SEVERAL.clone_into(place));
        place.or_insert_with(|| district.to_string());
    }
    let districts = District::all(conn)?.into_iter().map(|district| district.code.to_string());
    let categories = districts.chain([SEVERAL.to_owned(), NONE.to_owned()]).collect();
    let of = |id: &OrganisationId| worked_in.get(id).cloned().unwrap_or_else(|| NONE.to_owned());
    Ok(table_of_one_each(TableName::Districts, categories, roster, of))
}

fn pledge_table(conn: &mut DbConnection, umbrella: OrganisationId, roster: &Roster) -> Result<Table> {
    let pledged: Vec<OrganisationId> = pledges::table
        .filter(pledges::organisation_id.eq_any(consented_to(umbrella)))
        .filter(pledges::state.eq(PledgeState::InForce))
        .select(pledges::organisation_id)
        .load(conn)?;
    let pledged: Roster = pledged.into_iter().collect();
    let categories = vec![IN_FORCE.to_owned(), NONE.to_owned()];
    let of = |id: &OrganisationId| if pledged.contains(id) { IN_FORCE } else { NONE }.to_owned();
    Ok(table_of_one_each(TableName::Pledge, categories, roster, of))
}

fn level_table(conn: &mut DbConnection, umbrella: OrganisationId, roster: &Roster) -> Result<Table> {
    let endorsed: Vec<(OrganisationId, Level)> = endorsements::table
        .filter(endorsements::organisation_id.eq_any(consented_to(umbrella)))
        .filter(endorsements::state.eq(EndorsementState::InForce))
        .select((endorsements::organisation_id, endorsements::level))
        .load(conn)?;
    let endorsed: BTreeMap<OrganisationId, Level> = endorsed.into_iter().collect();
    let levels = Level::ALL.iter().map(|level| level.as_str().to_owned());
    let categories = levels.chain([NONE.to_owned()]).collect();
    let of = |id: &OrganisationId| endorsed.get(id).map_or(NONE, |level| level.as_str()).to_owned();
    Ok(table_of_one_each(TableName::Level, categories, roster, of))
}

/// Paid and volunteers who work with young people: those of whom every core module is required.
type People = BTreeMap<OrganisationId, (i64, i64)>;

fn people_in(conn: &mut DbConnection, umbrella: OrganisationId, roster: &Roster) -> Result<People> {
    let rows: Vec<(OrganisationId, Engagement, i64)> = memberships::table
        .filter(memberships::organisation_id.eq_any(consented_to(umbrella)))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(memberships::role.ne(MembershipRole::Viewer))
        .filter(memberships::engagement.eq_any([Engagement::Paid, Engagement::Volunteer]))
        .group_by((memberships::organisation_id, memberships::engagement))
        .select((memberships::organisation_id, memberships::engagement, count_star()))
        .load(conn)?;
    let mut people: People = roster.iter().map(|id| (*id, (0, 0))).collect();
    for (organisation, engagement, n) in rows {
        let Some((paid, volunteers)) = people.get_mut(&organisation) else { continue };
        *(if engagement == Engagement::Paid { paid } else { volunteers }) += n;
    }
    Ok(people)
}

fn people_tables(people: &People, roster: &Roster) -> [Table; 2] {
    let row = |of: fn(&(i64, i64)) -> Vec<i64>| roster.iter().map(|id| (*id, of(&people[id]))).collect();
    let engagements = [Engagement::Paid, Engagement::Volunteer].map(|engagement| engagement.as_str().to_owned());
    [
        Table {
            name: TableName::People,
            categories: vec![EVERYONE.to_owned()],
            brought: row(|(paid, volunteers)| vec![paid + volunteers]),
        },
        Table {
            name: TableName::Engagement,
            categories: engagements.to_vec(),
            brought: row(|(paid, volunteers)| vec![*paid, *volunteers]),
        },
    ]
}

/// How many people of each organisation have each module in date.
fn in_date_in(
    conn: &mut DbConnection,
    umbrella: OrganisationId,
    today: NaiveDate,
) -> Result<BTreeMap<(OrganisationId, ModuleId), i64>> {
    let rows: Vec<(OrganisationId, ModuleId, i64)> = training_completions::table
        .inner_join(memberships::table.on(memberships::person_id.eq(training_completions::person_id)))
        .filter(memberships::organisation_id.eq_any(consented_to(umbrella)))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(memberships::role.ne(MembershipRole::Viewer))
        .filter(memberships::engagement.eq_any([Engagement::Paid, Engagement::Volunteer]))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .filter(training_completions::expires_on.is_null().or(training_completions::expires_on.ge(today)))
        .group_by((memberships::organisation_id, training_completions::module_id))
        .select((
            memberships::organisation_id,
            training_completions::module_id,
            diesel::dsl::count(training_completions::person_id).aggregate_distinct(),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(organisation, module, n)| ((organisation, module), n)).collect())
}

fn training_table(
    module: &ModuleId,
    people: &People,
    in_date: &BTreeMap<(OrganisationId, ModuleId), i64>,
    roster: &Roster,
) -> Table {
    let row = |id: &OrganisationId| {
        let (paid, volunteers) = people[id];
        let held = in_date.get(&(*id, module.clone())).copied().unwrap_or(0);
        (*id, vec![held, paid + volunteers - held])
    };
    Table {
        name: TableName::Training(module.clone()),
        categories: vec![IN_DATE.to_owned(), NOT_IN_DATE.to_owned()],
        brought: roster.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shares_a_lead_is_one_hand_however_long_the_chain() {
        let (asha, ben) = (PersonId::new(), PersonId::new());
        let [a, b, c, d] = std::array::from_fn(|_| OrganisationId::new());
        let hands = join_hands(&[(asha, a), (ben, b), (ben, c), (PersonId::new(), d), (asha, c)]);
        assert_eq!((hands[&a], hands[&b]), (hands[&c], hands[&c]));
        assert_ne!(hands[&d], hands[&a]);
    }
}
