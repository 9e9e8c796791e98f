//! Pledges in the demonstration: drafts, signed by one side or both, lapsed, renewed, withdrawn.

use chrono::Days;

use super::cast::Body;
use super::script::SCRIPT;
use super::stage::Stage;
use super::story::{PledgePart, Story};
use crate::accounts::Account;
use crate::audit::Actor;
use crate::charter::{
    Capacity, Commitment, NewRequest, NewSignature, Pledge, PledgeInFull, lapse_due, request_signature,
};
use crate::clock::day_of;
use crate::error::{Error, Result};
use crate::words::EmailAddress;

/// A pledge's year, with the day after it.
const YEAR: i64 = 367;
/// So many days before the end a renewal is signed.
const IN_TIME: i64 = 20;

/// Plays a body's pledge up to where its story has it.
pub fn play_pledge(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    let latest = (story.days - 5).max(1);
    match story.pledge {
        PledgePart::None | PledgePart::Interested | PledgePart::Trained => Ok(()),
        PledgePart::Draft => begin(stage, body, latest.min(9), 3).map(drop),
        PledgePart::PartSigned => {
            let pledge = begin(stage, body, latest.min(12), usize::MAX)?;
            sign(stage, body, &pledge, Capacity::Governance, latest.min(4))
        }
        PledgePart::AskedByLink => {
            let pledge = begin(stage, body, latest.min(12), usize::MAX)?;
            sign(stage, body, &pledge, Capacity::Delivery, latest.min(4))?;
            ask_by_link(stage, body, &pledge)
        }
        PledgePart::InForce(days) => {
            make(stage, body, days)?;
            keep(stage, body, days)
        }
        PledgePart::Renewed(days) => {
            make(stage, body, days + YEAR - IN_TIME)?;
            let renewed = renew(stage, body, days + 9)?;
            sign_by_both(stage, body, &renewed, days)?;
            keep(stage, body, days)
        }
        PledgePart::Renewing(days) => {
            make(stage, body, days)?;
            let renewed = renew(stage, body, 6)?;
            sign(stage, body, &renewed, Capacity::Governance, 2)
        }
        PledgePart::Lapsed => {
            make(stage, body, YEAR + 50)?;
            lapse(stage, 50)
        }
        PledgePart::Withdrawn => {
            let pledge = make(stage, body, 250)?;
            let at = stage.days_ago(35);
            let reason = stage.one_of(&SCRIPT.words.withdrawal_reasons)?;
            stage.play_as(body.lead()?, at, |act| pledge.withdraw(act, &body.organisation, reason))
        }
    }
}

/// A pledge in force since so many days.
fn make(stage: &mut Stage<'_>, body: &Body, days: i64) -> Result<Pledge> {
    let pledge = begin(stage, body, days + 14, usize::MAX)?;
    sign_by_both(stage, body, &pledge, days)?;
    latest_of(stage, body)
}

/// Notes how it goes, the more the longer the pledge is in force; every second organisation shows it to all.
fn keep(stage: &mut Stage<'_>, body: &Body, days: i64) -> Result<()> {
    let (pledge, lead) = (latest_of(stage, body)?, body.lead()?);
    let noted = usize::try_from(days / 60).unwrap_or_default();
    for (n, statement) in SCRIPT.words.commitments.keys().take(noted).enumerate() {
        let at = stage.days_ago((days - 50 - 40 * n as i64).max(3));
        let progress = stage.one_of(&SCRIPT.words.progress)?;
        stage
            .play_as(lead, at, |act| pledge.note_progress(act, lead.id, statement, progress.stage, &progress.words))?;
    }
    if days >= 250 {
        let (at, words) = (stage.days_ago(9), stage.one_of(&SCRIPT.words.changes)?);
        stage.play_as(lead, at, |act| pledge.answer_check(act, lead.id, words))?;
    }
    if noted.is_multiple_of(2) {
        return Ok(());
    }
    let at = stage.days_ago(2);
    stage.play_as(lead, at, |act| pledge.show_progress(act, true))
}

/// A chair who has no account was asked yesterday.
fn ask_by_link(stage: &mut Stage<'_>, body: &Body, pledge: &Pledge) -> Result<()> {
    let lead = body.lead()?.clone();
    let address = EmailAddress::parse("imogen.hallam@example.org").map_err(|_| Error::unexpected("no address"))?;
    let new = NewRequest { name: "Imogen Hallam".to_owned(), address };
    let at = stage.days_ago(1);
    stage.play_as(&lead, at, |act| request_signature(act, &body.organisation, pledge, &lead, &new)).map(drop)
}

/// Begins the renewal of the latest so many days ago.
fn renew(stage: &mut Stage<'_>, body: &Body, days: i64) -> Result<Pledge> {
    let latest = latest_of(stage, body)?;
    let at = stage.days_ago(days);
    stage.play_as(body.lead()?, at, |act| latest.renew(act))
}

/// The organisation's pledge as it is now.
fn latest_of(stage: &mut Stage<'_>, body: &Body) -> Result<Pledge> {
    Pledge::latest_of(stage.conn, body.organisation.id)?.ok_or(Error::NotFound)
}

fn begin(stage: &mut Stage<'_>, body: &Body, days: i64, commitments: usize) -> Result<Pledge> {
    let lead = body.lead()?;
    let at = stage.days_ago(days);
    let pledge = stage.play_as(lead, at, |act| Pledge::begin(act, body.organisation.id))?;
    for (written, (statement, choices)) in SCRIPT.words.commitments.iter().take(commitments).enumerate() {
        let at = stage.days_ago((days - 1).max(0));
        let said = Commitment {
            words: stage.one_of(choices)?.to_owned(),
            who: Some(stage.one_of(&SCRIPT.words.commitment_keepers)?.to_owned()),
            by_on: written.is_multiple_of(3).then(|| day_of(at) + Days::new(150)),
        };
        stage.play_as(lead, at, |act| pledge.write_commitment(act, statement, said))?;
    }
    Ok(pledge)
}

fn sign_by_both(stage: &mut Stage<'_>, body: &Body, pledge: &Pledge, days: i64) -> Result<()> {
    sign(stage, body, pledge, Capacity::Governance, days + 4)?;
    sign(stage, body, pledge, Capacity::Delivery, days)
}

fn sign(stage: &mut Stage<'_>, body: &Body, pledge: &Pledge, capacity: Capacity, days: i64) -> Result<()> {
    let (signer, role): (&Account, &str) = match capacity {
        Capacity::Governance => (body.signatory()?, "Chair of trustees"),
        Capacity::Delivery => (body.lead()?, "Youth work lead"),
    };
    let at = stage.days_ago(days);
    stage.play_as(signer, at, |act| {
        let whole = PledgeInFull::of(act.conn, pledge.clone())?;
        let new = NewSignature {
            capacity,
            name: signer.name.clone(),
            role: role.to_owned(),
            authority: format!("I have the authority to sign this pledge for {}", body.organisation.name),
            words_seen: whole.words_hash(&body.organisation.name),
        };
        pledge.sign(act, &body.organisation, new).map(drop)
    })
}

fn lapse(stage: &mut Stage<'_>, days: i64) -> Result<()> {
    let at = stage.days_ago(days);
    while stage.play(&Actor::portal(), at, lapse_due)? > 0 {}
    Ok(())
}
