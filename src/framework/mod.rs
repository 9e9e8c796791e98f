//! The Quality Endorsement Framework as it is published: what good youth work looks like, for anyone to read.
//! A version in force never changes; an indicator keeps its id from version to version, so that answers can be kept.
//! Not here: what an organisation says of itself against it; `quality` has that.

mod glossary;
mod handlers;
mod pages;
mod version;

pub use glossary::{GlossaryTerm, glossary, glossary_in_content};
pub use pages::{level_name, samples, weight_name};
pub use version::{Area, Exemption, Framework, FrameworkState, FrameworkVersion, Indicator, Level, Standard, Weight};

use crate::acts::Act;
use crate::error::Result;
use crate::web::Routes;

/// Loads the framework and the glossary into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    glossary::load_glossary(act)?;
    version::load_framework(act)
}

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/framework", handlers::show_framework);
}
