//! The picture an organisation sees of its people's answers: for each skill how many gave which answer, and no names.
//!
//! Answers are personal, so the picture is drawn in groups of five. It is made of copies. For one skill and one group of
//! roles at a time, the copies are taken anew only when at least [`FEWEST`] people's answers to it are new or have changed
//! since the last time. Therefore:
//!
//! - whatever is shown of a skill adds up the answers of at least five people;
//! - whoever keeps looking, and subtracts one picture from a later one, gets at least five people's answers again:
//!   a colleague's answers cannot be read off the moment they finish, change an answer or leave;
//! - the groups of roles are the same for the whole round (`entry`), and each is drawn for itself: the picture of everyone is
//!   their sum, so that taking one group away leaves others of five and more;
//! - what a lead knows already, because they typed it from paper or because someone shares by name what they want, is not
//!   counted towards the five: it could be taken away;
//! - what is said of a module is worked out from the skills shown, so it tells nothing that they do not.
//!
//! What it cannot hide: that all who answered gave the same answer.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::entry::{Entry, RolesApart, WorkRole};
use super::response::{NamesShared, ResponseState};
use crate::db::DbConnection;
use crate::db::schema::{memberships, skills_answers, skills_responses as responses, skills_shown_answers as shown};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId, RoundId, SkillId};
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
    /// The same of each group of roles that is shown apart; `None` is all the others. Empty when there is one group.
    pub by_role: Vec<(Option<WorkRole>, Vec<Spread>)>,
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
        let cells: Vec<(WorkRole, SkillId, i32, bool, i64)> = in_picture
            .group_by((responses::role, shown::skill_id, shown::confidence, shown::wants))
            .select((responses::role, shown::skill_id, shown::confidence, shown::wants, count_star()))
            .load(conn)?;
        let apart = roles_apart(conn, round, organisation)?;
        let of_group =
            |group: Option<WorkRole>| add_up(cells.iter().filter(|(role, ..)| apart.group_of(*role) == group));
        let by_role = if apart.all().is_empty() {
            Vec::new()
        } else {
            let groups = apart.all().iter().copied().map(Some).chain([None]);
            groups.map(|group| (group, of_group(group))).filter(|(_, spreads)| !spreads.is_empty()).collect()
        };
        Ok(Self { people, finished, shown: shown_people, spreads: add_up(cells.iter()), by_role })
    }
}

fn roles_apart(conn: &mut DbConnection, round: RoundId, organisation: OrganisationId) -> Result<RolesApart> {
    Ok(Entry::find(conn, round, organisation)?.map(|entry| entry.roles_apart()).unwrap_or_default())
}

fn add_up<'a>(cells: impl Iterator<Item = &'a (WorkRole, SkillId, i32, bool, i64)>) -> Vec<Spread> {
    let mut spreads: Vec<Spread> = Vec::new();
    for (_, skill, confidence, wants, people) in cells {
        let at = usize::try_from(confidence - 1).expect("the table holds 1 to 5");
        let index = spreads.iter().position(|spread| spread.skill == *skill).unwrap_or_else(|| {
            spreads.push(Spread { skill: skill.clone(), people_at: [0; 5], wanting: 0 });
            spreads.len() - 1
        });
        spreads[index].people_at[at] += people;
        if *wants {
            spreads[index].wanting += people;
        }
    }
    spreads.sort_by(|a, b| b.gap().cmp(&a.gap()).then_with(|| a.skill.cmp(&b.skill)));
    spreads
}

/// Takes the copies of a skill and a group of roles anew where at least [`FEWEST`] finished answers to it are new or
/// changed, none of which a lead could know.
pub(super) fn redraw(conn: &mut DbConnection, round: RoundId, organisation: OrganisationId) -> Result<()> {
    let apart = roles_apart(conn, round, organisation)?;
    let ready = ready_to_draw(conn, round, organisation, &apart)?;
    for (group, skills) in ready {
        let roles: Vec<WorkRole> =
            WorkRole::ALL.iter().copied().filter(|role| apart.group_of(*role) == group).collect();
        draw_again(conn, round, organisation, &roles, &skills)?;
    }
    Ok(())
}

type Ready = BTreeMap<Option<WorkRole>, Vec<SkillId>>;

fn ready_to_draw(
    conn: &mut DbConnection,
    round: RoundId,
    organisation: OrganisationId,
    apart: &RolesApart,
) -> Result<Ready> {
    let unchanged = shown::table
        .filter(shown::response_id.eq(skills_answers::response_id))
        .filter(shown::skill_id.eq(skills_answers::skill_id))
        .filter(shown::confidence.eq(skills_answers::confidence))
        .filter(shown::wants.eq(skills_answers::wants));
    let waiting: Vec<(WorkRole, SkillId, Option<AccountId>, NamesShared, i64)> = skills_answers::table
        .inner_join(responses::table)
        .filter(responses::round_id.eq(round))
        .filter(responses::organisation_id.eq(organisation))
        .filter(responses::state.eq(ResponseState::Finished))
        .filter(diesel::dsl::not(diesel::dsl::exists(unchanged)))
        .group_by((responses::role, skills_answers::skill_id, responses::typed_by, responses::names))
        .select((responses::role, skills_answers::skill_id, responses::typed_by, responses::names, count_star()))
        .load(conn)?;
    // All that wait, and those of them whom nobody else knows of.
    let mut counts: BTreeMap<(Option<WorkRole>, SkillId), (i64, i64)> = BTreeMap::new();
    for (role, skill, typed, names, n) in waiting {
        let count = counts.entry((apart.group_of(role), skill)).or_default();
        let known = typed.is_some() || names != NamesShared::No;
        *count = (count.0 + n, count.1 + if known { 0 } else { n });
    }
    let mut ready = Ready::new();
    let enough = |(all, unknown): (i64, i64)| all >= FEWEST as i64 && (unknown == 0 || unknown >= FEWEST as i64);
    for ((group, skill), _) in counts.into_iter().filter(|(_, count)| enough(*count)) {
        ready.entry(group).or_default().push(skill);
    }
    Ok(ready)
}

fn draw_again(
    conn: &mut DbConnection,
    round: RoundId,
    organisation: OrganisationId,
    roles: &[WorkRole],
    skills: &[SkillId],
) -> Result<()> {
    let here = responses::table
        .filter(responses::round_id.eq(round))
        .filter(responses::organisation_id.eq(organisation))
        .filter(responses::role.eq_any(roles));
    diesel::delete(shown::table)
        .filter(shown::skill_id.eq_any(skills))
        .filter(shown::response_id.eq_any(here.select(responses::id)))
        .execute(conn)?;
    skills_answers::table
        .inner_join(responses::table)
        .filter(responses::round_id.eq(round))
        .filter(responses::organisation_id.eq(organisation))
        .filter(responses::role.eq_any(roles))
        .filter(responses::state.eq(ResponseState::Finished))
        .filter(skills_answers::skill_id.eq_any(skills))
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
