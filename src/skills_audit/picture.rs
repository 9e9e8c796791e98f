//! The picture an organisation sees of its people's answers: for each skill how many gave which answer, and no names.
//!
//! Answers are personal, so the picture is drawn in groups of five. It is made of copies. For one skill at a time, the
//! copies are taken anew only when at least [`FEWEST`] people's answers to it are new or have changed since the last
//! time. Therefore:
//!
//! - whatever is shown of a skill adds up the answers of at least five people;
//! - whoever keeps looking, and subtracts one picture from a later one, gets at least five people's answers again:
//!   a colleague's answers cannot be read off the moment they finish, change an answer or leave;
//! - there is one picture an organisation and a round, with no parts by role or place that could be subtracted;
//! - what is said of a module is worked out from the skills shown, so it tells nothing that they do not.
//!
//! What it cannot hide: that all who answered gave the same answer.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::response::ResponseState;
use crate::db::DbConnection;
use crate::db::schema::{memberships, skills_answers, skills_responses as responses, skills_shown_answers as shown};
use crate::error::Result;
use crate::ids::{OrganisationId, RoundId, SkillId};
use crate::organisations::MembershipState;

/// Fewer people than this are never shown apart.
pub const FEWEST: usize = 5;

/// What is shown of one skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    pub skill: SkillId,
    /// How many people answered 1, 2, 3, 4 and 5.
    pub people_at: [i64; 5],
    /// How many of them want training in it.
    pub wanting: i64,
}

/// What an organisation sees of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Everyone active in the organisation.
    pub people: i64,
    /// Those of them who have finished.
    pub finished: i64,
    /// How many people's answers are in the spreads; the others wait until there are five of them.
    pub shown: i64,
    /// The biggest gap first. Skills that fewer than five people have answered are not among them.
    pub spreads: Vec<Spread>,
}

impl Spread {
    pub fn people(&self) -> i64 {
        self.people_at.iter().sum()
    }

    /// Those who answered 1 or 2.
    pub fn low(&self) -> i64 {
        self.people_at[0] + self.people_at[1]
    }

    /// Orders by the share of low answers, then by the mean, then by the share who want training. All in whole numbers.
    fn gap(&self) -> (i64, i64, i64) {
        // Any number that every plausible number of people divides well enough to compare shares by.
        const WHOLE: i64 = 1_000_000;
        let people = self.people().max(1);
        let missing: i64 = self.people_at.iter().zip([4, 3, 2, 1, 0]).map(|(n, short)| n * short).sum();
        (self.low() * WHOLE / people, missing * WHOLE / people, self.wanting * WHOLE / people)
    }
}

impl Picture {
    /// Three counts and one sum, however many people there are.
    pub fn of(conn: &mut DbConnection, round: RoundId, organisation: OrganisationId) -> Result<Self> {
        let members = memberships::table
            .filter(memberships::organisation_id.eq(organisation))
            .filter(memberships::state.eq(MembershipState::Active));
        let people = members.count().get_result(conn)?;
        let finished = responses::table
            .filter(responses::round_id.eq(round))
            .filter(responses::organisation_id.eq(organisation))
            .filter(responses::state.eq(ResponseState::Finished))
            .filter(responses::person_id.eq_any(members.select(memberships::person_id)))
            .count()
            .get_result(conn)?;
        let in_picture = shown::table
            .inner_join(responses::table)
            .filter(responses::round_id.eq(round))
            .filter(responses::organisation_id.eq(organisation));
        let shown_people =
            in_picture.select(diesel::dsl::count(shown::response_id).aggregate_distinct()).get_result(conn)?;
        let cells: Vec<(SkillId, i32, bool, i64)> = in_picture
            .group_by((shown::skill_id, shown::confidence, shown::wants))
            .select((shown::skill_id, shown::confidence, shown::wants, count_star()))
            .load(conn)?;
        Ok(Self { people, finished, shown: shown_people, spreads: add_up(cells) })
    }
}

fn add_up(cells: Vec<(SkillId, i32, bool, i64)>) -> Vec<Spread> {
    let mut spreads: Vec<Spread> = Vec::new();
    for (skill, confidence, wants, people) in cells {
        let at = usize::try_from(confidence - 1).expect("the table holds 1 to 5");
        let index = spreads.iter().position(|spread| spread.skill == skill).unwrap_or_else(|| {
            spreads.push(Spread { skill, people_at: [0; 5], wanting: 0 });
            spreads.len() - 1
        });
        spreads[index].people_at[at] += people;
        if wants {
            spreads[index].wanting += people;
        }
    }
    spreads.sort_by(|a, b| b.gap().cmp(&a.gap()).then_with(|| a.skill.cmp(&b.skill)));
    spreads
}

/// Takes the copies of a skill anew where at least [`FEWEST`] finished answers to it are new or changed.
pub(super) fn redraw(conn: &mut DbConnection, round: RoundId, organisation: OrganisationId) -> Result<()> {
    let finished = skills_answers::table
        .inner_join(responses::table)
        .filter(responses::round_id.eq(round))
        .filter(responses::organisation_id.eq(organisation))
        .filter(responses::state.eq(ResponseState::Finished));
    let unchanged = shown::table
        .filter(shown::response_id.eq(skills_answers::response_id))
        .filter(shown::skill_id.eq(skills_answers::skill_id))
        .filter(shown::confidence.eq(skills_answers::confidence))
        .filter(shown::wants.eq(skills_answers::wants));
    let waiting: Vec<(SkillId, i64)> = finished
        .filter(diesel::dsl::not(diesel::dsl::exists(unchanged)))
        .group_by(skills_answers::skill_id)
        .select((skills_answers::skill_id, count_star()))
        .load(conn)?;
    let ready: Vec<SkillId> =
        waiting.into_iter().filter(|(_, n)| usize::try_from(*n).is_ok_and(|n| n >= FEWEST)).map(|(id, _)| id).collect();
    if ready.is_empty() {
        return Ok(());
    }
    let here = responses::table
        .filter(responses::round_id.eq(round))
        .filter(responses::organisation_id.eq(organisation))
        .select(responses::id);
    diesel::delete(shown::table)
        .filter(shown::skill_id.eq_any(&ready))
        .filter(shown::response_id.eq_any(here))
        .execute(conn)?;
    finished
        .filter(skills_answers::skill_id.eq_any(&ready))
        .select((
            skills_answers::response_id,
            skills_answers::skill_id,
            skills_answers::confidence,
            skills_answers::wants,
        ))
        .insert_into(shown::table)
        .into_columns((shown::response_id, shown::skill_id, shown::confidence, shown::wants))
        .execute(conn)?;
    Ok(())
}
