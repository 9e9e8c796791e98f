//! People who have left: one chose who takes over what they looked after, from one it fell to the leads.

use super::cast::{Body, Player};
use super::stage::{Stage, keep_pdf};
use super::story::Story;
use crate::documents::{NewDocument, add_document};
use crate::error::{Error, Result};
use crate::organisations::MembershipRole;
use crate::people::{Leaving, Successors, Thing, leave_organisation};

/// What became of the things they held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HandOver {
    ToALead,
    ToNobody,
}

const PARTS: &[(&str, HandOver, i64)] =
    &[("Netherfield Kickstart Skills", HandOver::ToALead, 6), ("Clifton Wheels Project", HandOver::ToNobody, 3)];

pub fn play_leaving(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    let Some((_, part, days)) = PARTS.iter().find(|(name, ..)| *name == story.organisation) else { return Ok(()) };
    let works_here = |player: &&Player| player.member.membership.role == MembershipRole::Practitioner;
    let players = body.players.iter().filter(works_here);
    let (member, account) = players
        .filter_map(|p| p.account.as_ref().map(|account| (&p.member, account)))
        .next_back()
        .ok_or(Error::NotFound)?;
    let title = "Checklist for trips";
    let kept = keep_pdf(stage.files, "trips.pdf", &["Document (invented)", title])?;
    let at = stage.days_ago(days + 20);
    let new = NewDocument { title: title.to_owned(), effective_on: None, review_by: None, address: None };
    stage.play_as(account, at, |act| add_document(act, body.organisation.id, account.id, new, kept))?;
    let heir = body.players.first().ok_or(Error::NotFound)?.member.person.id;
    let successors = match part {
        HandOver::ToALead => Successors::from([(Thing::Documents, heir)]),
        HandOver::ToNobody => Successors::new(),
    };
    let at = stage.days_ago(*days);
    let left = stage.play_as(account, at, |act| leave_organisation(act, &body.organisation, member, &successors))?;
    if left == Leaving::Gone { Ok(()) } else { Err(Error::Conflict) }
}
