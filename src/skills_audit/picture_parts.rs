//! Parts of the page on which an organisation sees its gaps: by role, who shares what they want, what it could plan, and what
//! has changed since the round before.

use serde::Serialize;

use super::entry::WorkRole;
use super::instrument::{Instrument, Skill};
use super::picture::{Picture, Spread};
use super::picture_page::Seen;
use super::suggestion::{Suggestion, suggestions};
use super::wishes::Wish;
use crate::ids::ModuleId;
use crate::web::count;

/// One skill, as each group of roles answered.
#[derive(Serialize)]
pub(super) struct RoleRow {
    statement: String,
    cells: Vec<String>,
}
#[derive(Serialize)]
pub(super) struct WishRow {
    name: String,
    modules: Vec<String>,
}
/// A module that would close a gap.
#[derive(Serialize)]
pub(super) struct PlanRow {
    module: String,
    title: String,
    reason: String,
    /// It is on the training plan already.
    planned: bool,
}
#[derive(Serialize)]
pub(super) struct ChangeRow {
    statement: String,
    before: String,
    now: String,
    words: &'static str,
}
pub fn role_name(group: Option<WorkRole>) -> &'static str {
    match group {
        Some(WorkRole::Lead) => "Leads",
        Some(WorkRole::Governance) => "Governance",
        Some(WorkRole::Paid) => "Paid practitioners",
        Some(WorkRole::Volunteer) => "Volunteers",
        None => "All other roles",
    }
}

pub(super) fn by_role(instrument: &Instrument, picture: &Picture) -> Vec<RoleRow> {
    let cell = |spreads: &[Spread], skill: &Skill| {
        let found = spreads.iter().find(|spread| spread.skill == skill.id);
        found.map_or_else(|| "Not shown".to_owned(), |spread| format!("{} of {}", spread.low(), spread.people()))
    };
    let row = |skill: &Skill| RoleRow {
        statement: skill.statement.clone(),
        cells: picture.by_role.iter().map(|(_, spreads)| cell(spreads, skill)).collect(),
    };
    let skills = picture.spreads.iter().filter_map(|spread| instrument.skill(&spread.skill));
    if picture.by_role.is_empty() { Vec::new() } else { skills.map(row).collect() }
}

pub(super) fn wish_row(instrument: &Instrument, wish: &Wish) -> WishRow {
    let title = |id: &ModuleId| instrument.module_title(id).to_owned();
    WishRow { name: wish.name.clone(), modules: wish.modules.iter().map(title).collect() }
}

/// Modules in the order of how much is wanted or missing in them, of what is shown.
pub(super) fn plan_rows(seen: &Seen) -> Vec<PlanRow> {
    let row = |suggestion: Suggestion| PlanRow {
        module: suggestion.module.to_string(),
        title: seen.instrument.module_title(&suggestion.module).to_owned(),
        reason: say_reason(&suggestion),
        planned: seen.planned.contains(&suggestion.module),
    };
    suggestions(&seen.instrument, &seen.picture).into_iter().map(row).collect()
}

/// Skills shown in both rounds, the biggest change first.
pub(super) fn changes(instrument: &Instrument, now: &Picture, before: &Picture) -> Vec<ChangeRow> {
    let share = |spread: &Spread| (spread.low() * 100 + spread.people() / 2) / spread.people().max(1);
    let mut rows: Vec<(i64, ChangeRow)> = Vec::new();
    for spread in &now.spreads {
        let then = before.spreads.iter().find(|then| then.skill == spread.skill);
        let (Some(then), Some(skill)) = (then, instrument.skill(&spread.skill)) else { continue };
        let difference = share(spread) - share(then);
        let words = match difference {
            ..0 => "Fewer unsure",
            0 => "No change",
            1.. => "More unsure",
        };
        let say = |spread: &Spread| format!("{}% ({} of {})", share(spread), spread.low(), spread.people());
        let row = ChangeRow { statement: skill.statement.clone(), before: say(then), now: say(spread), words };
        rows.push((-difference.abs(), row));
    }
    rows.sort_by_key(|(size, _)| *size);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Why a module is suggested.
pub(super) fn say_reason(suggestion: &Suggestion) -> String {
    let gaps = || format!("half or more are unsure in {}", count(suggestion.gaps, "skill", "skills"));
    match (suggestion.wanting, suggestion.gaps) {
        (0, _) => capitalised(&gaps()),
        (n, 0) => format!("At least {} it", want(n)),
        (n, _) => format!("At least {} it, and {}", want(n), gaps()),
    }
}

fn want(n: i64) -> String {
    count(usize::try_from(n).unwrap_or_default(), "person wants", "people want")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
