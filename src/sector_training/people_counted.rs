//! The people of the census, some at a time. Each is counted once, however many organisations they work for: in one
//! district and kind where these are the same everywhere, and as working in several where they are not.
//! Not here: what is shown of it.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::census::Census;
use crate::db::DbConnection;
use crate::db::schema::{
    memberships, organisation_districts, organisations, people, sector_modules, sector_people, training_completions,
};
use crate::error::Result;
use crate::ids::{CensusId, DistrictCode, ModuleId, OrganisationId, PersonId};
use crate::organisations::{
    LegalForm, Membership, MembershipState, NONE, OrganisationStanding, OrganisationState, Position, SEVERAL,
    one_word_each,
};
use crate::training::{CompletionState, EXPIRING_DAYS, Module};

/// What someone is, in each organisation in good standing.
type Places = Vec<(OrganisationId, Position, Option<LegalForm>)>;

/// The last day of what someone holds in date: `None` is never, and the latest of all.
type LastDays = HashMap<ModuleId, Option<NaiveDate>>;

/// People, those in date, and those of them whose end is soon.
type Tally = (i64, i64, i64);

/// Counts the people after those that the census has reached; the last it came to, if there was anybody.
pub(super) fn count_people_after(conn: &mut DbConnection, census: &Census, most: i64) -> Result<Option<String>> {
    let ids: Vec<PersonId> = people::table
        .filter(people::id.gt(&census.reached))
        .order(people::id)
        .limit(most)
        .select(people::id)
        .load(conn)?;
    let Some(last) = ids.last().map(PersonId::to_string) else { return Ok(None) };
    let placed = places_between(conn, &census.reached, &last)?;
    let districts = districts_between(conn, &census.reached, &last)?;
    let mut held = held_between(conn, &census.reached, &last, census.as_of)?;
    let modules = Module::all(conn)?;
    let soon = census.as_of + Days::new(EXPIRING_DAYS);
    let mut cells: BTreeMap<(String, String), Tally> = BTreeMap::new();
    let mut by_module: BTreeMap<ModuleId, Tally> = BTreeMap::new();
    for (person, places) in placed {
        let held = held.remove(&person).unwrap_or_default();
        let wanted = modules.iter().filter(|module| is_required_of_any(module, &places));
        let mut all = None;
        for module in wanted {
            let last_day = held.get(&module.id);
            let ends_soon = last_day.is_some_and(|day| day.is_some_and(|day| day <= soon));
            add_one(by_module.entry(module.id.clone()).or_default(), last_day.is_some(), ends_soon);
            all = Some(all.unwrap_or(true) && last_day.is_some());
        }
        if let Some(is_up_to_date) = all {
            add_one(cells.entry(cell_of(&places, &districts)).or_default(), is_up_to_date, false);
        }
    }
    cells.iter().try_for_each(|((district, kind), tally)| add_to_cell(conn, census.id, district, kind, *tally))?;
    by_module.iter().try_for_each(|(module, tally)| add_to_module(conn, census.id, module, *tally))?;
    Ok(Some(last))
}

fn is_required_of_any(module: &Module, places: &Places) -> bool {
    places.iter().any(|(_, position, kind)| module.rules.is_required_in(*position, *kind))
}

fn add_one((people, in_date, soon): &mut Tally, is_in_date: bool, ends_soon: bool) {
    *people += 1;
    *in_date += i64::from(is_in_date);
    *soon += i64::from(ends_soon);
}

fn places_between(conn: &mut DbConnection, reached: &str, last: &str) -> Result<BTreeMap<PersonId, Places>> {
    let rows: Vec<(Membership, Option<LegalForm>)> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person_id.gt(reached))
        .filter(memberships::person_id.le(last))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .select((Membership::as_select(), organisations::legal_form))
        .load(conn)?;
    let mut placed: BTreeMap<PersonId, Places> = BTreeMap::new();
    for (membership, kind) in rows {
        let place = (membership.organisation_id, membership.position(), kind);
        placed.entry(membership.person_id).or_default().push(place);
    }
    Ok(placed)
}

/// The district of each organisation that any of these people work for.
fn districts_between(conn: &mut DbConnection, reached: &str, last: &str) -> Result<HashMap<OrganisationId, String>> {
    let theirs = memberships::table
        .filter(memberships::person_id.gt(reached))
        .filter(memberships::person_id.le(last))
        .filter(memberships::state.eq(MembershipState::Active))
        .select(memberships::organisation_id);
    let rows: Vec<(OrganisationId, DistrictCode)> = organisation_districts::table
        .filter(organisation_districts::organisation_id.eq_any(theirs))
        .select((organisation_districts::organisation_id, organisation_districts::district_code))
        .load(conn)?;
    Ok(one_word_each(rows.into_iter().map(|(id, code)| (id, code.to_string()))))
}

fn held_between(
    conn: &mut DbConnection,
    reached: &str,
    last: &str,
    today: NaiveDate,
) -> Result<HashMap<PersonId, LastDays>> {
    let rows: Vec<(PersonId, ModuleId, Option<NaiveDate>)> = training_completions::table
        .filter(training_completions::person_id.gt(reached))
        .filter(training_completions::person_id.le(last))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .filter(training_completions::expires_on.is_null().or(training_completions::expires_on.ge(today)))
        .select((training_completions::person_id, training_completions::module_id, training_completions::expires_on))
        .load(conn)?;
    let mut held: HashMap<PersonId, LastDays> = HashMap::new();
    for (person, module, day) in rows {
        let of_person = held.entry(person).or_default();
        let later = |known: &mut Option<NaiveDate>| *known = known.and_then(|known| day.map(|day| day.max(known)));
        of_person.entry(module).and_modify(later).or_insert(day);
    }
    Ok(held)
}

/// The district and the kind that someone counts in.
fn cell_of(places: &Places, districts: &HashMap<OrganisationId, String>) -> (String, String) {
    let district = |id: &OrganisationId| districts.get(id).map_or(NONE, String::as_str);
    let kind = |kind: &Option<LegalForm>| kind.map_or(NONE, LegalForm::as_str);
    (
        same_or_several(places.iter().map(|(id, ..)| district(id))),
        same_or_several(places.iter().map(|(_, _, form)| kind(form))),
    )
}

fn same_or_several<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let same = words.reduce(|a, b| if a == b { a } else { SEVERAL });
    same.unwrap_or(NONE).to_owned()
}

fn add_to_cell(
    conn: &mut DbConnection,
    census: CensusId,
    district: &str,
    kind: &str,
    (people, in_date, _): Tally,
) -> Result<()> {
    let changed = diesel::update(sector_people::table.find((census, district, kind)))
        .set((
            sector_people::people.eq(sector_people::people + people),
            sector_people::in_date.eq(sector_people::in_date + in_date),
        ))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(sector_people::table)
            .values((
                sector_people::census_id.eq(census),
                sector_people::district.eq(district),
                sector_people::kind.eq(kind),
                sector_people::people.eq(people),
                sector_people::in_date.eq(in_date),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn add_to_module(
    conn: &mut DbConnection,
    census: CensusId,
    module: &ModuleId,
    (people, in_date, soon): Tally,
) -> Result<()> {
    let changed = diesel::update(sector_modules::table.find((census, module)))
        .set((
            sector_modules::people.eq(sector_modules::people + people),
            sector_modules::in_date.eq(sector_modules::in_date + in_date),
            sector_modules::ends_soon.eq(sector_modules::ends_soon + soon),
        ))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(sector_modules::table)
            .values((
                sector_modules::census_id.eq(census),
                sector_modules::module_id.eq(module),
                sector_modules::people.eq(people),
                sector_modules::in_date.eq(in_date),
                sector_modules::ends_soon.eq(soon),
            ))
            .execute(conn)?;
    }
    Ok(())
}
