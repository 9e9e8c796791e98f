//! Modules that would close an organisation's gaps: worked out from the picture that it is shown, so that they tell nothing
//! that the picture does not.

use super::instrument::Instrument;
use super::picture::Picture;
use crate::ids::ModuleId;

/// A module that an organisation could plan, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub module: ModuleId,
    /// So many people want it, or more.
    pub wanting: i64,
    /// Skills of it in which at least half are unsure.
    pub gaps: usize,
}

/// What would help most first; nothing that nobody wants and nobody needs.
pub fn suggestions(instrument: &Instrument, picture: &Picture) -> Vec<Suggestion> {
    let of = |module: &ModuleId| {
        let skills = instrument.skills.iter().filter(|skill| skill.module_id == *module);
        let shown: Vec<_> =
            skills.filter_map(|skill| picture.spreads.iter().find(|spread| spread.skill == skill.id)).collect();
        Suggestion {
            module: module.clone(),
            wanting: shown.iter().map(|spread| spread.wanting).max().unwrap_or_default(),
            gaps: shown.iter().filter(|spread| spread.low() * 2 >= spread.people()).count(),
        }
    };
    let mut all: Vec<_> = instrument.modules.iter().map(|(id, _)| of(id)).collect();
    all.retain(|suggestion| suggestion.wanting > 0 || suggestion.gaps > 0);
    all.sort_by_key(|suggestion| std::cmp::Reverse((suggestion.gaps, suggestion.wanting)));
    all
}
