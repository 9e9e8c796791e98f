//! Pillar 2, the skills audit: what practitioners say they can do, and the gaps an organisation sees in it.
//! One person's answers are seen by that person only; no group under five is shown; no answer is never counted as low.
//! Not here: the modules that close a gap; `training` has them.

mod forms;
mod handlers;
mod instrument;
pub mod organisation_data;
mod outcome_pages;
mod pages;
mod picture;
mod response;
mod results;
mod same_person;
pub mod your_data;

pub use instrument::{Anchor, Confidence, Instrument, Round, Skill, SkillGroup, close_round, open_round};
pub use picture::{FEWEST, Picture, Spread};
pub use response::{Answer, Barrier, Response, answer_group, begin, finish, name_barriers};
pub use same_person::hand_over_responses;

use crate::acts::Act;
use crate::error::{Error, Result};
use crate::web::{Routes, Sample};

/// Loads the questions into a new database, and opens the first round.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    instrument::load_questions(act)?;
    let title = format!("Skills audit {}", instrument::programme_year(act.today()));
    open_round(act, &title)?.ok_or(Error::Conflict).map(|_| ())
}

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/my/skills-audit", handlers::choose_organisation)
        .get("/my/skills-audit/{slug}", handlers::show_own_audit)
        .post("/my/skills-audit/{slug}", handlers::begin_audit)
        .get("/my/skills-audit/{slug}/groups/{group}", handlers::show_group)
        .post("/my/skills-audit/{slug}/groups/{group}", handlers::save_group)
        .get("/my/skills-audit/{slug}/barriers", handlers::show_barriers)
        .post("/my/skills-audit/{slug}/barriers", handlers::save_barriers)
        .post("/my/skills-audit/{slug}/completion", handlers::finish_audit)
        .get("/my/skills-audit/{slug}/results", handlers::show_results)
        .get("/organisations/{slug}/skills-audit", handlers::show_picture)
        .get("/vrp/skills-audit", handlers::show_rounds)
        .post("/vrp/skills-audit/rounds", handlers::open_new_round)
        .post("/vrp/skills-audit/closure", handlers::close_open_round);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples().into_iter().chain(outcome_pages::samples()).collect()
}
