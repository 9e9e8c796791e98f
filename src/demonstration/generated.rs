//! Organisations by the thousand, made up by chance, for measuring: each with a lead who can sign in, people without accounts,
//! and answers to the round of the skills audit that is open. Their rows are written in bulk, not by the verbs that people's
//! buttons call, so that a county is made in minutes.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::accounts::{NewAccount, open_confirmed};
use crate::acts::{Act, Portal};
use crate::audit::Actor;
use crate::db::DbConnection;
use crate::db::schema::{
    memberships, organisation_districts, organisations, people, skills_answers, skills_barriers, skills_entries,
    skills_responses, skills_shown_answers,
};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{DistrictCode, MembershipId, OrganisationId, PersonId, SkillId, SkillsResponseId};
use crate::organisations::{District, Engagement, MembershipRole, MembershipState, Organisation, OrganisationState};
use crate::skills_audit::{Barrier, CameBy, FEWEST, Instrument, NamesShared, ResponseState, Round, WorkRole, enter};
use crate::words::EmailAddress;

/// Organisations made in one act.
const TOGETHER: usize = 50;
/// How many rows are written at once.
const ROWS: usize = 400;
/// Organisations have so many people, their lead among them.
const PEOPLE: std::ops::Range<usize> = 6..26;
/// So many of a hundred have finished the audit.
const FINISHED: u32 = 70;

/// What is the same for all.
struct Ground {
    districts: Vec<DistrictCode>,
    round: Option<Round>,
    skills: Vec<SkillId>,
    password_hash: String,
}

type ResponseRow = (SkillsResponseId, PersonId, WorkRole);

/// Makes so many organisations; says where it is by `progress`.
pub fn generate_organisations(
    portal: &Portal,
    number: usize,
    password_hash: &str,
    mut progress: impl FnMut(usize),
) -> Result<()> {
    let ground = portal.db.read_here(|conn| {
        let round = Round::open_now(conn)?;
        let instrument = Instrument::load(conn)?;
        Ok(Ground {
            districts: District::all(conn)?.into_iter().map(|district| district.code).collect(),
            round,
            skills: instrument.skills.into_iter().map(|skill| skill.id).collect(),
            password_hash: password_hash.to_owned(),
        })
    })?;
    let mut chance = StdRng::seed_from_u64(20_000);
    for first in (0..number).step_by(TOGETHER) {
        let last = (first + TOGETHER).min(number);
        portal.act_at(Actor::portal(), portal.clock.now(), |act| {
            (first..last).try_for_each(|which| make_organisation(act, &ground, which, &mut chance))
        })?;
        progress(last);
    }
    Ok(())
}

fn make_organisation(act: &mut Act<'_>, ground: &Ground, which: usize, chance: &mut StdRng) -> Result<()> {
    let email = EmailAddress::parse(&format!("lead{which}@generated.example.org"))
        .map_err(|flaw| Error::unexpected(format!("{flaw:?}")))?;
    let name = format!("Lead {which}");
    let new = NewAccount { name: name.clone(), email, password_hash: ground.password_hash.clone() };
    let account = open_confirmed(act, &new)?.ok_or(Error::Conflict)?;
    let organisation = Organisation::begin(act, account.id, &name, &format!("Generated Club {which}"))?;
    let began = act.at - Duration::days(chance.random_range(30..900));
    diesel::update(organisations::table.find(organisation.id))
        .set((
            organisations::state.eq(OrganisationState::Approved),
            organisations::submitted_at.eq(began),
            organisations::approved_at.eq(began),
        ))
        .execute(act.conn)?;
    let district = &ground.districts[chance.random_range(0..ground.districts.len())];
    diesel::insert_into(organisation_districts::table)
        .values((
            organisation_districts::organisation_id.eq(organisation.id),
            organisation_districts::district_code.eq(district),
        ))
        .execute(act.conn)?;
    let staff = make_people(act, organisation.id, began, chance)?;
    match &ground.round {
        Some(round) => make_answers(act, ground, round, organisation.id, &staff, chance),
        None => Ok(()),
    }
}

fn make_people(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    at: NaiveDateTime,
    chance: &mut StdRng,
) -> Result<Vec<(PersonId, WorkRole)>> {
    let staff: Vec<(PersonId, WorkRole)> = (1..chance.random_range(PEOPLE))
        .map(|_| (PersonId::new(), if chance.random_range(0..3) == 0 { WorkRole::Paid } else { WorkRole::Volunteer }))
        .collect();
    let rows: Vec<_> = staff
        .iter()
        .enumerate()
        .map(|(n, (id, _))| (people::id.eq(*id), people::name.eq(format!("Person {n}")), people::created_at.eq(at)))
        .collect();
    each!(act.conn, c => diesel::insert_into(people::table).values(&rows).execute(c))?;
    let rows: Vec<_> = staff
        .iter()
        .map(|(id, role)| {
            let engagement = if *role == WorkRole::Paid { Engagement::Paid } else { Engagement::Volunteer };
            (
                memberships::id.eq(MembershipId::new()),
                memberships::organisation_id.eq(organisation),
                memberships::person_id.eq(*id),
                memberships::role.eq(MembershipRole::Practitioner),
                memberships::engagement.eq(engagement),
                memberships::accountable.eq(false),
                memberships::state.eq(MembershipState::Active),
                memberships::joined_at.eq(at),
            )
        })
        .collect();
    each!(act.conn, c => diesel::insert_into(memberships::table).values(&rows).execute(c))?;
    Ok(staff)
}

fn make_answers(
    act: &mut Act<'_>,
    ground: &Ground,
    round: &Round,
    organisation: OrganisationId,
    staff: &[(PersonId, WorkRole)],
    chance: &mut StdRng,
) -> Result<()> {
    enter(act, round.id, organisation)?;
    let finished: Vec<ResponseRow> = staff
        .iter()
        .filter(|_| chance.random_range(0..100) < FINISHED)
        .map(|(person, role)| (SkillsResponseId::new(), *person, *role))
        .collect();
    let rows: Vec<_> = finished
        .iter()
        .map(|(id, person, role)| {
            (
                skills_responses::id.eq(*id),
                skills_responses::round_id.eq(round.id),
                skills_responses::organisation_id.eq(organisation),
                skills_responses::person_id.eq(*person),
                skills_responses::state.eq(ResponseState::Finished),
                skills_responses::started_at.eq(act.at),
                skills_responses::finished_at.eq(act.at),
                skills_responses::role.eq(*role),
                skills_responses::came_by.eq(CameBy::Link),
                skills_responses::names.eq(NamesShared::No),
            )
        })
        .collect();
    each!(act.conn, c => diesel::insert_into(skills_responses::table).values(&rows).execute(c))?;
    let mut answers: Vec<(SkillsResponseId, &SkillId, i32, bool)> = Vec::new();
    let mut barriers: Vec<(SkillsResponseId, Barrier)> = Vec::new();
    for (response, ..) in &finished {
        let habit = chance.random_range(2..5);
        for skill in &ground.skills {
            if chance.random_range(0..12) == 0 {
                continue;
            }
            let confidence = (habit + chance.random_range(-1..2)).clamp(1, 5);
            answers.push((*response, skill, confidence, confidence < 3 && chance.random_range(0..2) == 0));
        }
        barriers.push((*response, Barrier::ALL[chance.random_range(0..Barrier::ALL.len())]));
    }
    insert_answers(act.conn, &answers, finished.len())?;
    let rows: Vec<_> = barriers
        .iter()
        .map(|(response, barrier)| (skills_barriers::response_id.eq(*response), skills_barriers::barrier.eq(*barrier)))
        .collect();
    each!(act.conn, c => diesel::insert_into(skills_barriers::table).values(&rows).execute(c))?;
    diesel::update(skills_entries::table.find((round.id, organisation)))
        .set(skills_entries::stale.eq(true))
        .execute(act.conn)?;
    Ok(())
}

/// Where five or more have finished, their organisation is shown all of it.
fn insert_answers(
    conn: &mut DbConnection,
    answers: &[(SkillsResponseId, &SkillId, i32, bool)],
    finished: usize,
) -> Result<()> {
    for some in answers.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|(response, skill, confidence, wants)| {
                (
                    skills_answers::response_id.eq(*response),
                    skills_answers::skill_id.eq(*skill),
                    skills_answers::confidence.eq(*confidence),
                    skills_answers::wants.eq(*wants),
                )
            })
            .collect();
        each!(conn, c => diesel::insert_into(skills_answers::table).values(&rows).execute(c))?;
        if finished < FEWEST * 2 {
            continue;
        }
        let rows: Vec<_> = some
            .iter()
            .map(|(response, skill, confidence, wants)| {
                (
                    skills_shown_answers::response_id.eq(*response),
                    skills_shown_answers::skill_id.eq(*skill),
                    skills_shown_answers::confidence.eq(*confidence),
                    skills_shown_answers::wants.eq(*wants),
                )
            })
            .collect();
        each!(conn, c => diesel::insert_into(skills_shown_answers::table).values(&rows).execute(c))?;
    }
    Ok(())
}
