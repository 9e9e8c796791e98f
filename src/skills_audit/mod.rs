//! Pillar 2, the skills audit: what practitioners say they can do, and the gaps an organisation sees in it.
//! One person's answers are seen by that person only; no group under five is shown; no answer is never counted as low.
//! The questions are data, in versions; a round asks one of them.
//! Not here: the modules that close a gap (`training`), inviting people and opening rounds (`skills_rounds`), and the sector
//! as the VRP sees it (`sector_skills`).

mod besides;
mod content;
mod entry;
mod forms;
mod handlers;
mod instrument;
mod link;
mod link_handlers;
pub mod organisation_data;
mod pages;
mod paper;
mod picture;
mod picture_handlers;
mod picture_out;
mod picture_page;
mod picture_parts;
mod response;
mod results;
mod results_page;
mod revision;
mod round;
mod same_person;
mod side_pages;
mod sitting;
mod suggestion;
mod wishes;
pub mod your_data;

pub use besides::{name_barriers, say_held, say_in_words};
pub use content::sample_instrument;
pub use entry::{Entry, RolesApart, WorkRole, enter};
pub use forms::{PaperForm, sheet_fields};
pub use instrument::{Anchor, Confidence, Instrument, OpenQuestion, Skill, SkillGroup};
pub use link::{SkillsLink, make_link};
pub use paper::{PaperAnswers, type_answers};
pub use picture::{FEWEST, Picture, Spread};
pub use picture_parts::role_name;
pub use response::{
    Answer, Barrier, CameBy, NamesShared, Response, ResponseState, answer_group, begin, begin_by, finish,
};
pub use revision::{Revision, bring_back_skill, retire_skill, retired_skills, reword_skill};
pub use round::{Rate, Round, RoundState, RoundTerms, close_round, open_round};
pub use same_person::hand_over_responses;
pub use side_pages::barrier_name;
pub use suggestion::{Suggestion, suggestions};
pub use wishes::{Wish, wishes_in};

use crate::acts::Act;
use crate::error::{Error, Result};
use crate::web::{Routes, Sample};

/// Loads the questions into a new database, and opens the first round.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    content::load_questions(act)?;
    let title = format!("Skills audit {}", round::programme_year(act.today()));
    open_round(act, &RoundTerms::called(&title))?.ok_or(Error::Conflict).map(|_| ())
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
        .get("/my/skills-audit/{slug}/held", handlers::show_held)
        .post("/my/skills-audit/{slug}/held", handlers::save_held)
        .get("/my/skills-audit/{slug}/words", handlers::show_words)
        .post("/my/skills-audit/{slug}/words", handlers::save_words)
        .post("/my/skills-audit/{slug}/completion", handlers::finish_audit)
        .get("/my/skills-audit/{slug}/results", handlers::show_results)
        .get("/my/skills-audit/{slug}/answers", handlers::show_copy)
        .get("/skills-audit/{token}", link_handlers::show_by_link)
        .post("/skills-audit/{token}", link_handlers::begin_by_link)
        .get("/skills-audit/{token}/groups/{group}", link_handlers::show_group_by_link)
        .post("/skills-audit/{token}/groups/{group}", link_handlers::save_group_by_link)
        .get("/skills-audit/{token}/barriers", link_handlers::show_barriers)
        .post("/skills-audit/{token}/barriers", link_handlers::save_barriers)
        .get("/skills-audit/{token}/held", link_handlers::show_held)
        .post("/skills-audit/{token}/held", link_handlers::save_held)
        .get("/skills-audit/{token}/words", link_handlers::show_words)
        .post("/skills-audit/{token}/words", link_handlers::save_words)
        .post("/skills-audit/{token}/completion", link_handlers::finish_by_link)
        .get("/skills-audit/{token}/results", link_handlers::show_results)
        .get("/skills-audit/{token}/answers", link_handlers::show_copy)
        .post("/skills-audit/{token}/misdirection", link_handlers::send_link_back)
        .get("/organisations/{slug}/skills-audit", picture_handlers::show_picture)
        .get("/organisations/{slug}/skills-audit/print", picture_handlers::show_paper)
        .get("/organisations/{slug}/skills-audit/skills.csv", picture_handlers::send_picture_csv)
        .get("/organisations/{slug}/skills-audit/skills.xlsx", picture_handlers::send_picture_workbook)
        .post("/organisations/{slug}/skills-audit/plan", picture_handlers::plan_suggested);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), side_pages::samples(), results_page::samples(), picture_page::samples()]
        .into_iter()
        .flatten()
        .collect()
}
