//! The modules in the programme's order: adding one, its words, its place. Nothing here has an effect on who is up to
//! date, so it is saved at once; the rules of a module are `rule_change`'s.

use serde_json::json;

use super::rule_change::place_in_programme;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::ModuleId;
use crate::training::{Expiry, Module, ModuleParticulars, ModuleState, ModuleWords, Pathway, Rules, set_equivalents};
use crate::words::fold_for_search;

/// Which way a module goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// Adds a module that nobody must have yet, at the end of its group.
pub fn add_module(act: &mut Act<'_>, words: ModuleWords, pathway: Pathway) -> Result<Module> {
    let word = id_from(&words.title);
    for number in 1..100 {
        let id = if number == 1 { word.clone() } else { format!("{word}-{number}") };
        let module = Module {
            id: ModuleId::from(id.as_str()),
            position: i32::MAX,
            title: words.title.clone(),
            short_title: words.short_title.clone(),
            summary: words.summary.clone(),
            minimum_content: words.minimum_content.clone(),
            rules: Rules { pathway, expiry: Expiry::Never, required_of: Vec::new(), state: ModuleState::Offered },
            since_on: None,
            qualification_level: None,
            awarding_body: None,
        };
        if module.add(act.conn)?.is_some() {
            put_in_order(act.conn)?;
            let details = json!({ "title": module.title, "pathway": pathway });
            act.record("module added", subject_of(&module.id), details)?;
            return Module::find(act.conn, &module.id);
        }
    }
    Err(Error::Conflict)
}

/// Changes what a module says of itself.
pub fn rewrite_module(act: &mut Act<'_>, module: &Module, words: &ModuleWords) -> Result<()> {
    module.write_words(act.conn, words)?;
    let details = json!({ "title": words.title, "short_title": words.short_title, "was": module.title });
    act.record("module rewritten", subject_of(&module.id), details)
}

/// Changes what counts as a module, since when there is one, and what a qualification is.
pub fn change_particulars(
    act: &mut Act<'_>,
    module: &Module,
    equivalents: &[String],
    particulars: &ModuleParticulars,
) -> Result<()> {
    module.write_particulars(act.conn, particulars)?;
    set_equivalents(act.conn, &module.id, equivalents)?;
    let details = json!({
        "equivalents": equivalents,
        "since_on": particulars.since_on,
        "qualification_level": particulars.qualification_level,
        "awarding_body": particulars.awarding_body,
    });
    act.record("module’s particulars changed", subject_of(&module.id), details)
}

/// Moves a module one place within its group. At the end of the group it stays where it is.
pub fn move_module(act: &mut Act<'_>, module: &Module, way: Way) -> Result<()> {
    let mut modules = in_order(act.conn)?;
    let fellows: Vec<usize> = (0..modules.len())
        .filter(|at| {
            let fellow = &modules[*at];
            fellow.pathway() == module.pathway() && fellow.rules.state == module.rules.state
        })
        .collect();
    let here = fellows.iter().position(|at| modules[*at].id == module.id).ok_or(Error::NotFound)?;
    let there = match way {
        Way::Up => here.checked_sub(1),
        Way::Down => (here + 1 < fellows.len()).then_some(here + 1),
    };
    let Some(there) = there else { return Ok(()) };
    modules.swap(fellows[here], fellows[there]);
    Module::arrange(act.conn, &modules)?;
    let details = json!({ "passes": modules[fellows[here]].id });
    act.record("module moved", subject_of(&module.id), details)
}

fn put_in_order(conn: &mut DbConnection) -> Result<()> {
    let modules = in_order(conn)?;
    Module::arrange(conn, &modules)
}

/// All modules, group by group.
fn in_order(conn: &mut DbConnection) -> Result<Vec<Module>> {
    let mut modules = Module::all_ever(conn)?;
    modules.sort_by_key(|module| place_in_programme(module.pathway()));
    Ok(modules)
}

fn subject_of(module: &ModuleId) -> Subject {
    Subject::of("module", module)
}

/// `Trauma-informed practice` is `trauma-informed-practice`.
fn id_from(title: &str) -> String {
    let folded = fold_for_search(title);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined: String = words.join("-").chars().take(60).collect();
    match joined.trim_matches('-') {
        "" | "new" => "module".to_owned(),
        id => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::id_from;

    #[test]
    fn the_id_of_a_module_is_made_of_its_title_and_is_never_an_address_of_ours() {
        for (title, id) in [
            ("Trauma-informed practice", "trauma-informed-practice"),
            ("  Été: (level 2)", "ete-level-2"),
            ("New", "module"),
            ("安全", "module"),
        ] {
            assert_eq!(id_from(title), id);
        }
        assert!(id_from(&"long words ".repeat(20)).len() <= 60);
    }
}
