//! People who had themselves erased, or were at their wish: what they did stays under the neutral mark.

use super::cast::{Body, Player};
use super::stage::Stage;
use super::story::Story;
use crate::error::{Error, Result};
use crate::organisations::{Member, MembershipRole};
use crate::your_data::{erase_account, erase_person};

/// Who goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gone {
    /// Someone who works with young people, and was here for years.
    Practitioner,
    /// The one who signed the pledge for governance.
    Signatory,
    /// Someone without an account, by the lead.
    OnRecord,
}

const GONE: &[(&str, Gone)] = &[
    ("Radford Road Youth Collective", Gone::Practitioner),
    ("Beeston Bridge Youth Project", Gone::Signatory),
    ("Kirkby Lamp Youth Club", Gone::OnRecord),
];

/// The last thing that happens in a play.
pub fn play_erasures(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    let Some((_, gone)) = GONE.iter().find(|(name, _)| *name == story.organisation) else { return Ok(()) };
    // Today: nobody does anything after they were erased.
    let at = stage.days_ago(0);
    let player = body.players.iter().rev().find(|player| fits(player, *gone)).ok_or(Error::NotFound)?;
    match &player.account {
        // The files of the demonstration are swept like any others.
        Some(account) => stage.play_as(account, at, |act| erase_account(act, account)).map(drop),
        None => stage.play_as(body.lead()?, at, |act| {
            let member = Member::find_in(act.conn, body.organisation.id, player.member.person.id)?;
            erase_person(act, body.organisation.id, &member.person).map(drop)
        }),
    }
}

fn fits(player: &Player, gone: Gone) -> bool {
    let role = player.member.membership.role;
    match gone {
        Gone::Practitioner => role == MembershipRole::Practitioner && player.account.is_some(),
        Gone::Signatory => role == MembershipRole::Signatory,
        Gone::OnRecord => player.account.is_none(),
    }
}
