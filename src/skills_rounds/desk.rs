//! What a lead does in a round: takes part, writes to everyone with an account, and sends personal links to those without.
//! A lead sees whom they invited; who has answered is theirs alone.

use serde_json::json;

use super::letters::AskedLetter;
use super::reminders::{NoticeKind, remind_people};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::say_day;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::organisations::{Member, Organisation};
use crate::skills_audit::{Round, enter, make_link};
use crate::words::EmailAddress;

/// Who invites.
#[derive(Debug, Clone, Copy)]
pub struct InvitedBy(pub AccountId);

/// Takes part in a round, if the organisation does not yet.
pub(super) fn take_part(act: &mut Act<'_>, round: &Round, organisation: &Organisation) -> Result<()> {
    if !round.is_open() || !round.is_for(act.conn, organisation.id)? {
        return Err(Error::Conflict);
    }
    if enter(act, round.id, organisation.id)? {
        let subject = Subject::within(organisation.id, "organisation", organisation.id);
        act.record("joined a round of the audit", subject, json!({ "round": round.title }))?;
    }
    Ok(())
}

/// Writes to everyone who can be written to and has not finished, once in a round; to how many.
pub fn ask_everyone(act: &mut Act<'_>, round: &Round, organisation: &Organisation) -> Result<usize> {
    take_part(act, round, organisation)?;
    remind_people(act, round, organisation, NoticeKind::First)
}

/// Sends someone without an account a link of their own; the one before stops working.
pub fn invite_by_link(
    act: &mut Act<'_>,
    round: &Round,
    organisation: &Organisation,
    member: &Member,
    address: &EmailAddress,
    InvitedBy(by): InvitedBy,
) -> Result<()> {
    if member.person.account_id.is_some() {
        return Err(Error::Conflict);
    }
    take_part(act, round, organisation)?;
    let link = make_link(act, (round.id, organisation.id, member.person.id), address, by)?;
    let letter = AskedLetter {
        organisation: &organisation.name,
        name: &member.person.name,
        page: format!("/skills-audit/{}", link.token(act.secret)),
        by_link: true,
        again: false,
        ends_on: round.closes_on.map(say_day),
    };
    act.post(address, &letter)
}
