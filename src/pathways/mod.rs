//! The pathways as the VRP keeps them: modules with their words, their order and their rules.
//! Words are saved at once. Rules are tried on everyone's records first, and the VRP sees who would be out of date, and
//! when, before it puts them into force; nobody is written to by a trial.
//! Not here: what the rules mean for one completion, which is `training`.

mod findings_page;
mod forms;
mod handlers;
mod pages;
mod programme;
mod rule_change;
mod rule_handlers;
mod rule_pages;
mod trial;
mod walk;
mod wording;
pub mod your_data;

pub use programme::{Way, add_module, change_particulars, move_module, rewrite_module};
pub use rule_change::{ChangeState, RuleChange, begin_rule_change};
pub use trial::{Effect, Findings, findings_of};
pub use walk::{go_on_in_batches_of, go_on_with_rule_changes};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/training/modules", handlers::show_modules)
        .get("/vrp/training/modules/new", handlers::show_new_module)
        .post("/vrp/training/modules/new", handlers::add)
        .get("/vrp/training/modules/{module}", handlers::show_module)
        .get("/vrp/training/modules/{module}/words", handlers::show_words)
        .post("/vrp/training/modules/{module}/words", handlers::save_words)
        .get("/vrp/training/modules/{module}/particulars", handlers::show_particulars)
        .post("/vrp/training/modules/{module}/particulars", handlers::save_particulars)
        .post("/vrp/training/modules/{module}/place", handlers::put_in_place)
        .get("/vrp/training/modules/{module}/rules", rule_handlers::show_rules)
        .post("/vrp/training/modules/{module}/rules", rule_handlers::begin)
        .get("/vrp/training/modules/{module}/rules/group", rule_handlers::show_group)
        .post("/vrp/training/modules/{module}/rules/group", rule_handlers::save_group)
        .get("/vrp/training/modules/{module}/rules/offer", rule_handlers::show_offer)
        .post("/vrp/training/modules/{module}/rules/offer", rule_handlers::save_offer)
        .get("/vrp/training/modules/{module}/rules/expiry", rule_handlers::show_basis)
        .post("/vrp/training/modules/{module}/rules/expiry", rule_handlers::save_basis)
        .get("/vrp/training/modules/{module}/rules/expiry/{basis}", rule_handlers::show_period)
        .post("/vrp/training/modules/{module}/rules/expiry/{basis}", rule_handlers::save_period)
        .get("/vrp/training/modules/{module}/rules/requirements/new", rule_handlers::show_new_requirement)
        .post("/vrp/training/modules/{module}/rules/requirements/new", rule_handlers::add_requirement)
        .get("/vrp/training/modules/{module}/rules/requirements/{number}", rule_handlers::show_requirement)
        .post("/vrp/training/modules/{module}/rules/requirements/{number}", rule_handlers::save_requirement)
        .post("/vrp/training/modules/{module}/rules/requirements/{number}/removal", rule_handlers::remove_requirement)
        .post("/vrp/training/modules/{module}/rules/trial", rule_handlers::try_out)
        .post("/vrp/training/modules/{module}/rules/writing", rule_handlers::write_again)
        .post("/vrp/training/modules/{module}/rules/force", rule_handlers::put_into_force)
        .post("/vrp/training/modules/{module}/rules/dropping", rule_handlers::drop_change);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), rule_pages::samples()].into_iter().flatten().collect()
}
