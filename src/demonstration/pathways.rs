//! The rules of training in the demonstration: one that is counted from the end before, one that was tried and waits to
//! be put into force, completions that were corrected, and courses by others.

use chrono::Days;

use super::cast::{Body, Cast, Player};
use super::stage::Stage;
use super::story::{Story, Training};
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::ids::ModuleId;
use crate::pathways::{begin_rule_change, go_on_with_rule_changes};
use crate::training::{
    Completion, Corrector, Equivalent, Expiry, Module, NewCompletion, Rules, correct_completion, log_completion,
    withdraw_completion,
};

/// What was decided as long ago as the programme itself: data protection is renewed from the end before.
pub fn play_rules(stage: &mut Stage<'_>, cast: &Cast, days_ago: i64) -> Result<()> {
    let renewed = Expiry::FromPreviousExpiry { months: 36, renewal_days: 60 };
    change(stage, cast, "gdpr", days_ago, Fate::InForce, move |rules| rules.expiry = renewed)
}

/// Safeguarding every two years: tried on everyone, and not in force.
pub fn play_trial(stage: &mut Stage<'_>, cast: &Cast) -> Result<()> {
    let shorter = Expiry::FromCompletion { months: 24 };
    change(stage, cast, "safeguarding", 2, Fate::Tried, move |rules| rules.expiry = shorter)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Tried,
    InForce,
}

fn change(
    stage: &mut Stage<'_>,
    cast: &Cast,
    module: &str,
    days_ago: i64,
    fate: Fate,
    put: impl FnOnce(&mut Rules),
) -> Result<()> {
    let (at, by, module) = (stage.days_ago(days_ago), &cast.steward, ModuleId::from(module));
    let change = stage.play_as(by, at, |act| {
        let module = Module::find(act.conn, &module)?;
        let change = begin_rule_change(act, &module, by.id)?.ok_or(Error::Conflict)?;
        let mut rules = change.rules.clone();
        put(&mut rules);
        change.write(act, change.edition, &rules)?;
        change.try_out(act)?;
        Ok(change)
    })?;
    let walk = |stage: &mut Stage<'_>| -> Result<()> {
        while stage.play(&Actor::portal(), at, go_on_with_rule_changes)? > 0 {}
        Ok(())
    };
    walk(stage)?;
    if fate == Fate::InForce {
        stage.play_as(by, at, |act| {
            let tried = crate::pathways::RuleChange::open_for(act.conn, &change.module_id)?;
            tried.ok_or(Error::Conflict)?.put_into_force(act)
        })?;
        walk(stage)?;
    }
    Ok(())
}

/// In tidy organisations the first with an account corrects a day, a lead withdraws what was logged twice, and someone
/// holds a course by others.
pub fn play_corrections(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    if story.training != Training::Tidy {
        return Ok(());
    }
    for player in &body.players {
        if let Some(own) = own_completion(stage, player)? {
            correct_own(stage, player, &own)?;
            break;
        }
    }
    let lead = body.lead()?;
    let without_account = body.players.iter().find(|player| player.account.is_none());
    let Some(player) = without_account else { return Ok(()) };
    let module = Module::find(stage.conn, &ModuleId::from("equality-diversity-and-inclusion"))?;
    let course = Equivalent::offered_for(stage.conn, &module.id)?.into_iter().next().ok_or(Error::NotFound)?;
    let (organisation, person) = (body.organisation.id, player.member.person.clone());
    let new = |days: u64, stage: &Stage<'_>| NewCompletion {
        person: person.clone(),
        module: module.clone(),
        equivalent: Some(course.id),
        completed_on: stage.today() - Days::new(days),
        provider: "Nottingham City Council".to_owned(),
        certificate: None,
        logged_by: lead.id,
    };
    let at = stage.days_ago(20);
    let (first, again) = (new(31, stage), new(32, stage));
    stage.play_as(lead, at, |act| log_completion(act, Some(organisation), first))?;
    let twice = stage.play_as(lead, at, |act| log_completion(act, Some(organisation), again))?;
    let Some(twice) = twice else { return Ok(()) };
    let at = stage.days_ago(19);
    let corrector = Corrector { account: lead.id, within: Some(organisation), is_lead: true };
    let reason = "Logged twice: it was one course, on the later day.";
    stage.play_as(lead, at, |act| withdraw_completion(act, corrector, &person, &twice, reason))
}

/// One that somebody logged for themselves.
fn own_completion(stage: &mut Stage<'_>, player: &Player) -> Result<Option<Completion>> {
    let Some(account) = &player.account else { return Ok(None) };
    let history = Completion::history_of(stage.conn, player.member.person.id)?;
    Ok(history.into_iter().map(|(completion, _)| completion).find(|completion| completion.logged_by == account.id))
}

fn correct_own(stage: &mut Stage<'_>, player: &Player, old: &Completion) -> Result<()> {
    let account = player.account.as_ref().ok_or(Error::NotFound)?;
    let module = Module::find(stage.conn, &old.module_id)?;
    let new = NewCompletion {
        person: player.member.person.clone(),
        module,
        equivalent: old.equivalent_id,
        completed_on: old.completed_on - Days::new(7),
        provider: old.provider.clone(),
        certificate: None,
        logged_by: account.id,
    };
    let corrector = Corrector { account: account.id, within: None, is_lead: false };
    let reason = "I had written the day on which the certificate came. The course was a week before.";
    let at = stage.days_ago(1);
    stage.play_as(account, at, |act| correct_completion(act, corrector, old, new, reason))?;
    Ok(())
}
