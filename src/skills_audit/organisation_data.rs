//! The pictures of an organisation's skills audits, for it to take away: what its pages show, and never the answers of
//! one person.

use diesel::prelude::*;

use super::picture::Picture;
use crate::db::DbConnection;
use crate::db::schema::{skills, skills_responses as responses, skills_rounds as rounds};
use crate::error::Result;
use crate::ids::{OrganisationId, RoundId, SkillId};
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns = &[
        "round",
        "skill",
        "people_who_said_1",
        "people_who_said_2",
        "people_who_said_3",
        "people_who_said_4",
        "people_who_said_5",
        "people_who_want_training",
    ];
    vec![Sheet { name: "skills", title: "What your skills audits showed of five or more people", columns, page: all }]
}

fn all(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let taken = responses::table.filter(responses::organisation_id.eq(id)).select(responses::round_id);
    let held: Vec<(RoundId, String)> = rounds::table
        .filter(rounds::id.eq_any(taken))
        .order((rounds::opened_at, rounds::id))
        .select((rounds::id, rounds::title))
        .load(conn)?;
    let statements: Vec<(SkillId, String)> = skills::table.select((skills::id, skills::statement)).load(conn)?;
    let said = |skill: &SkillId| statements.iter().find(|(id, _)| id == skill).map(|(_, words)| words);
    let mut rows = Vec::new();
    for (round, title) in held {
        for spread in Picture::of(conn, round, *id)?.spreads {
            let [one, two, three, four, five] = spread.people_at;
            rows.push(row![title, said(&spread.skill), one, two, three, four, five, spread.wanting]);
        }
    }
    // A few rounds of some dozens of skills.
    Ok(rows.into_iter().skip(window.from as usize).take(window.most as usize).collect())
}
