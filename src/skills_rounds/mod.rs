//! Rounds of the skills audit: the VRP plans, opens and closes them and keeps the questions; a lead takes part, invites
//! everyone, also those without an account, and types what came on paper; people are reminded.
//! Whether somebody has answered is never told to anyone else: a lead sees whom they invited, and how many have finished.
//! Not here: answering (`skills_audit`), and the sector as the VRP sees it (`sector_skills`).

mod desk;
mod desk_handlers;
mod desk_pages;
mod forms;
mod handlers;
mod letters;
mod pages;
mod plan;
mod questions_handlers;
mod questions_page;
mod reminders;

pub use desk::{InvitedBy, ask_everyone, invite_by_link};
pub use pages::say_rate;
pub use plan::{Planned, RoundPlan, open_and_close_due, plan_round};
pub use reminders::{remind_of_round, tell_leads_of_round};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/skills-audit", handlers::show_rounds)
        .post("/vrp/skills-audit/rounds", handlers::open_new_round)
        .post("/vrp/skills-audit/closure", handlers::close_open_round)
        .post("/vrp/skills-audit/plan/withdrawal", handlers::withdraw_plan)
        .get("/vrp/skills-audit/questions", questions_handlers::show_questions)
        .get("/vrp/skills-audit/questions/{skill}", questions_handlers::show_question)
        .post("/vrp/skills-audit/questions/{skill}", questions_handlers::reword)
        .post("/vrp/skills-audit/questions/{skill}/retirement", questions_handlers::retire)
        .post("/vrp/skills-audit/questions/{skill}/return", questions_handlers::bring_back)
        .get("/organisations/{slug}/skills-audit/people", desk_handlers::show_desk)
        .post("/organisations/{slug}/skills-audit/entry", desk_handlers::take_part_now)
        .post("/organisations/{slug}/skills-audit/letters", desk_handlers::write_to_everyone)
        .post("/organisations/{slug}/skills-audit/links", desk_handlers::send_links)
        .get("/organisations/{slug}/skills-audit/sheet", desk_handlers::show_sheet)
        .get("/organisations/{slug}/skills-audit/people/{person}/paper", desk_handlers::show_paper)
        .post("/organisations/{slug}/skills-audit/people/{person}/paper", desk_handlers::type_paper);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), questions_page::samples(), desk_pages::samples()].into_iter().flatten().collect()
}
