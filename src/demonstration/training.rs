//! Training in the demonstration: every state of the matrix, with certificates, earlier courses and confirmations.

use chrono::{Days, Months, NaiveDate};

use super::cast::{Body, Player};
use super::proof;
use super::script::SCRIPT;
use super::stage::{Stage, keep_pdf};
use super::story::{Story, Training};
use crate::error::Result;
use crate::training::{Module, NewCompletion, Pathway, log_completion};

/// Of a hundred required cells, how many are in date, expiring and expired; the rest were never begun.
fn shares(training: Training) -> [i64; 3] {
    match training {
        Training::None => [0, 0, 0],
        Training::Begun => [12, 0, 2],
        Training::Behind => [30, 6, 34],
        Training::Mixed => [62, 9, 12],
        Training::Tidy => [91, 4, 2],
    }
}

/// Logs what everyone in a body has completed.
pub fn play_training(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    if story.training == Training::None {
        return Ok(());
    }
    let modules = Module::all(stage.conn)?;
    for player in &body.players {
        for module in &modules {
            if module.is_required_of(&player.member.membership, body.organisation.legal_form) {
                let drawn = day_of_completion(stage, story.training);
                let set = proof::set_day(stage.today(), body, player, module);
                let Some(completed_on) = set.unwrap_or(drawn) else { continue };
                if stage.number(0..8) == 0 {
                    log_one(stage, body, story, player, module, completed_on - Months::new(35))?;
                }
                log_one(stage, body, story, player, module, completed_on)?;
            } else if module.pathway() == Pathway::Cpd && stage.number(0..6) == 0 {
                let completed_on = stage.today() - Days::new(stage.number(100..4000).unsigned_abs());
                log_one(stage, body, story, player, module, completed_on)?;
            }
        }
    }
    Ok(())
}

/// Drawn so that the matrix shows its states in their shares; `None` for a module never begun.
fn day_of_completion(stage: &mut Stage<'_>, training: Training) -> Option<NaiveDate> {
    let [in_date, expiring, expired] = shares(training);
    let drawn = stage.number(0..100);
    let days_left = if drawn < in_date {
        stage.number(61..1090)
    } else if drawn < in_date + expiring {
        stage.number(0..61)
    } else if drawn < in_date + expiring + expired {
        stage.number(-500..0)
    } else {
        return None;
    };
    let expires_on = match days_left {
        0.. => stage.today() + Days::new(days_left.unsigned_abs()),
        _ => stage.today() - Days::new(days_left.unsigned_abs()),
    };
    Some((expires_on - Months::new(36)).min(stage.today()))
}

fn log_one(
    stage: &mut Stage<'_>,
    body: &Body,
    story: &Story,
    player: &Player,
    module: &Module,
    completed_on: NaiveDate,
) -> Result<()> {
    let days_since = (stage.today() - completed_on).num_days();
    let logged_days_ago = (days_since - stage.number(0..9)).min(story.days - 2).max(0);
    let at = stage.days_ago(logged_days_ago);
    let provider = stage.one_of(&SCRIPT.words.training_providers)?.clone();
    let person = player.member.person.clone();
    let certificate = match stage.number(0..5) {
        0 => Some(keep_pdf(
            stage.files,
            &format!("certificate-{}.pdf", module.id),
            &["Certificate (invented)", &person.name, &module.title, &completed_on.to_string(), &provider],
        )?),
        _ => None,
    };
    let lead = body.lead()?;
    let by = player.account.as_ref().filter(|_| stage.number(0..10) < 6).unwrap_or(lead);
    let new = NewCompletion {
        person,
        module: module.clone(),
        equivalent: None,
        completed_on,
        provider,
        certificate,
        logged_by: by.id,
    };
    let logged = stage.play_as(by, at, |act| log_completion(act, Some(body.organisation.id), new))?;
    let confirmer = body.lead_other_than(by).filter(|_| stage.number(0..2) == 0);
    if let (Some(completion), Some(confirmer)) = (logged, confirmer)
        && completion.may_be_confirmed_by(confirmer.id, &player.member.person)
    {
        let at = stage.days_ago((logged_days_ago - 3).max(0));
        let organisation = body.organisation.id;
        stage
            .play_as(confirmer, at, |act| completion.confirm(act, organisation, &player.member.person, confirmer.id))?;
    }
    Ok(())
}
