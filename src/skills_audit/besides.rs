//! What someone says besides their answers: what stops them from training, what they hold already, and what they say in
//! their own words. Each replaces what was said before; a round that is closed takes nothing more.

use diesel::prelude::*;
use serde_json::json;

use super::response::{Barrier, NamesShared, Response, ResponseState, changed, hold_open};
use crate::acts::Act;
use crate::db::schema::{skills_barriers, skills_held, skills_responses, skills_words};
use crate::each;
use crate::error::Result;
use crate::ids::{ModuleId, OpenQuestionId, SkillsResponseId};

#[derive(Insertable)]
#[diesel(table_name = skills_barriers, treat_none_as_default_value = false)]
struct BarrierRow {
    response_id: SkillsResponseId,
    barrier: Barrier,
}

/// Replaces what stops this person from training.
pub fn name_barriers(act: &mut Act<'_>, response: &Response, barriers: &[Barrier]) -> Result<()> {
    let state = hold_open(act, response)?;
    diesel::delete(skills_barriers::table).filter(skills_barriers::response_id.eq(response.id)).execute(act.conn)?;
    let named = Barrier::ALL.iter().filter(|barrier| barriers.contains(barrier));
    let rows: Vec<_> = named.map(|&barrier| BarrierRow { response_id: response.id, barrier }).collect();
    each!(act.conn, c => diesel::insert_into(skills_barriers::table).values(&rows).execute(c))?;
    act.record("skills barriers named", response.subject(), json!({}))?;
    changed(act, response, state)
}

/// Replaces the modules that this person says they hold.
pub fn say_held(act: &mut Act<'_>, response: &Response, modules: &[ModuleId]) -> Result<()> {
    let state = hold_open(act, response)?;
    diesel::delete(skills_held::table).filter(skills_held::response_id.eq(response.id)).execute(act.conn)?;
    let rows: Vec<_> = modules
        .iter()
        .map(|module| (skills_held::response_id.eq(response.id), skills_held::module_id.eq(module)))
        .collect();
    each!(act.conn, c => diesel::insert_into(skills_held::table).values(&rows).execute(c))?;
    act.record("skills held said", response.subject(), json!({}))?;
    changed(act, response, state)
}

/// Replaces what this person says in their own words, and whether the leads may see by name which training they want.
/// Saying yes is for before the first finishing: what is shown afterwards was drawn for those who had not.
pub fn say_in_words(
    act: &mut Act<'_>,
    response: &Response,
    words: &[(OpenQuestionId, String)],
    shares_name: bool,
) -> Result<()> {
    let state = hold_open(act, response)?;
    diesel::delete(skills_words::table).filter(skills_words::response_id.eq(response.id)).execute(act.conn)?;
    let rows: Vec<_> = words
        .iter()
        .map(|(question, said)| {
            (
                skills_words::response_id.eq(response.id),
                skills_words::question_id.eq(question),
                skills_words::words.eq(said),
            )
        })
        .collect();
    each!(act.conn, c => diesel::insert_into(skills_words::table).values(&rows).execute(c))?;
    let names = match (response.names, state, shares_name) {
        (NamesShared::No, ResponseState::Finished, _) | (NamesShared::No, _, false) => NamesShared::No,
        (NamesShared::Yes, ResponseState::Started, false) => NamesShared::No,
        (NamesShared::Yes | NamesShared::TakenBack, _, false) => NamesShared::TakenBack,
        (_, _, true) => NamesShared::Yes,
    };
    diesel::update(skills_responses::table.find(response.id))
        .set(skills_responses::names.eq(names))
        .execute(act.conn)?;
    act.record("skills words said", response.subject(), json!({}))
}
