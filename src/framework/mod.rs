//! The Quality Endorsement Framework: what good youth work looks like, version by version, for anyone to read; and the next
//! version while it is written.
//! A published version never changes; an indicator keeps its id from version to version, so that answers can be kept.
//! Not here: what an organisation says of itself against it, which is `quality`'s; the pages on which the VRP writes the
//! next one, which are `framework_drafting`'s.

mod comparison;
mod draft;
mod draft_text;
mod file;
mod glossary;
mod handlers;
mod pages;
mod publication;
mod rearranging;
mod version;
pub mod your_data;

pub use comparison::{Compared, Comparison, Fate, Rule};
pub use draft::{
    Chosen, Draft, Rewritten, begin_draft, choose_in_draft, keep_file, replace_draft, rewrite_draft, waiting_file,
};
pub use draft_text::{DraftText, FrontText, HeadPart, IndicatorPart, MOST_OF_A_MEANING, MOST_OF_A_TERM};
pub use glossary::GlossaryTerm;
pub use pages::{FrameworkPage, Help, level_name, samples, weight_name};
pub use publication::{DraftFault, Publication, drop_draft, faults_of, publish_draft};
pub use rearranging::{
    Added, Direction, KnownIds, LEAST_OF_AN_ID, MOST_OF_AN_ID, add_indicator, add_standard, add_term, is_an_id,
    move_indicator, move_standard, put_indicator_back, remove_standard, remove_term, retire_indicator, split_indicator,
};
pub use version::{
    Area, Exemption, Framework, FrameworkState, FrameworkVersion, Indicator, Level, Standard, Weight,
    indicators_as_asked_last,
};

use crate::acts::Act;
use crate::error::Result;
use crate::web::Routes;

/// Loads the framework, with its words explained, into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    version::load_framework(act)
}

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/framework", handlers::show_framework).get("/framework/{number}", handlers::show_version);
}
