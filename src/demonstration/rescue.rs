//! Organisations that somebody asks to take over: one in every state.

use super::cast::{Body, Cast};
use super::stage::Stage;
use super::story::Story;
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::organisations::{Engagement, MembershipRole};
use crate::rescue::{CameBy, Contact, NewRescue, Rescue, ask_to_take_over, close_due_rescues};

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Open,
    Objected,
    Awaiting,
    Granted,
    Refused,
    Withdrawn,
}

const PARTS: &[(&str, Part, i64)] = &[
    ("Arnold Lantern Youth Club", Part::Open, 4),
    ("Clipstone Headstocks Cadets", Part::Objected, 9),
    ("Calverton Colliery Juniors Athletics", Part::Awaiting, 17),
    ("Kirkby Lamp Youth Club", Part::Granted, 60),
    ("Retford Canalside Canoe Group", Part::Refused, 90),
    ("West Bridgford Open Table", Part::Withdrawn, 30),
];

pub fn play_rescue(stage: &mut Stage<'_>, cast: &Cast, body: &Body, story: &Story) -> Result<()> {
    let Some((_, part, days)) = PARTS.iter().find(|(name, ..)| *name == story.organisation) else { return Ok(()) };
    let others = body.players.iter().filter(|player| player.member.membership.role != MembershipRole::Lead);
    let asker = others.filter_map(|player| player.account.as_ref()).next().ok_or(Error::NotFound)?;
    let new = NewRescue {
        position: "On the committee since it began".to_owned(),
        engagement: Engagement::Trustee,
        reasons: "Our lead took a job in another town in the summer and no longer answers. The committee met and \
                  asked me to take this on; the chair can confirm it."
            .to_owned(),
    };
    let at = stage.days_ago(*days);
    let asked = stage.play_as(asker, at, |act| ask_to_take_over(act, &body.organisation, asker, new))?;
    let rescue = asked.ok_or(Error::Conflict)?;
    if matches!(part, Part::Objected | Part::Refused) {
        object(stage, body, &rescue, days - 2)?;
    }
    if matches!(part, Part::Awaiting | Part::Granted | Part::Refused) {
        let at = stage.days_ago(days - 15);
        stage.play(&Actor::portal(), at, close_due_rescues)?;
    }
    let at = stage.days_ago(days - 16);
    match part {
        Part::Open | Part::Objected | Part::Awaiting => Ok(()),
        Part::Granted => stage.play_as(&cast.steward, at, |act| {
            rescue.grant(act, &cast.steward, "The chair confirmed it by telephone, and nobody objected.")
        }),
        Part::Refused => stage.play_as(&cast.steward, at, |act| {
            rescue.refuse(act, &cast.steward, "The lead is there and leads. Please ask them to make you a lead too.")
        }),
        Part::Withdrawn => stage.play_as(asker, at, |act| rescue.withdraw(act)),
    }
}

/// The lead is there after all, and says so.
fn object(stage: &mut Stage<'_>, body: &Body, rescue: &Rescue, days: i64) -> Result<()> {
    let lead = body.lead()?;
    let contact = Contact::of_account(stage.conn, rescue.id, lead.id)?.ok_or(Error::NotFound)?;
    let at = stage.days_ago(days);
    let reason = "I was away for my mother and am back. I still lead the club and will invite a second lead this week.";
    stage.play_as(lead, at, |act| contact.object(act, rescue, reason, CameBy::Account))
}
