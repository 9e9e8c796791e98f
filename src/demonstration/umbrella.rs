//! An umbrella body with most organisations of the two counties, one that is still to answer, one that declined and one
//! that withdrew.

use super::cast::{Body, Cast};
use super::stage::Stage;
use super::story::{REVIEWERS_CLUB, Story};
use crate::affiliations::{Affiliation, Asked, ask_to_join, mark_umbrella};
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::umbrella_picture::draw_picture;

/// The one that the VRP has marked.
const UMBRELLA: &str = "Beeston Bridge Youth Project";
const ASKED: &str = "Radford Road Youth Collective";
const DECLINED: &str = "Netherfield Kickstart Skills";
const WITHDREW: &str = "Sneinton Sound Room";

const MARKED: i64 = 120;
const DRAWN: i64 = 20;
/// Younger organisations have not been asked.
const THERE_SINCE: i64 = 150;

pub fn play_umbrella(stage: &mut Stage<'_>, cast: &Cast, bodies: &[(u64, &Story, Body)]) -> Result<()> {
    let found = bodies.iter().find(|(_, story, _)| story.organisation == UMBRELLA);
    let (_, _, umbrella) = found.ok_or(Error::NotFound)?;
    let (body, by) = (&umbrella.organisation, umbrella.lead()?);
    let at = stage.days_ago(MARKED);
    stage.play_as(&cast.steward, at, |act| mark_umbrella(act, body))?;
    let mut leaving = None;
    for (_, story, member) in bodies {
        // The reviewer who volunteers in one of them could review none of the others.
        let left_out = [UMBRELLA, REVIEWERS_CLUB].contains(&story.organisation);
        if left_out || story.days < THERE_SINCE {
            continue;
        }
        let days = stage.number(70..MARKED);
        let at = stage.days_ago(if story.organisation == ASKED { 6 } else { days });
        let message = "You are a member of the county’s network of youth clubs. We would like to know which training \
                       to put on next year, and can only ask for money with totals.";
        let asked = stage.play_as(by, at, |act| ask_to_join(act, body, &member.organisation, message))?;
        let Asked::Done(affiliation) = asked else { return Err(Error::Conflict) };
        answer(stage, story, member, &affiliation, days - 10)?;
        if story.organisation == WITHDREW {
            leaving = Some((member, affiliation));
        }
    }
    let at = stage.days_ago(DRAWN);
    stage.play(&Actor::portal(), at, |act| draw_picture(act, body.id))?;
    let (member, affiliation) = leaving.ok_or(Error::NotFound)?;
    let at = stage.days_ago(9);
    stage.play_as(member.lead()?, at, |act| affiliation.withdraw(act, &member.organisation))
}

fn answer(stage: &mut Stage<'_>, story: &Story, member: &Body, affiliation: &Affiliation, days: i64) -> Result<()> {
    if story.organisation == ASKED {
        return Ok(());
    }
    let at = stage.days_ago(days);
    stage.play_as(member.lead()?, at, |act| match story.organisation {
        DECLINED => affiliation.decline(act, &member.organisation),
        _ => affiliation.consent(act, &member.organisation),
    })
}
