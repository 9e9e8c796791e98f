//! Training shown to others and told of in the demonstration: links in every state, what is shared, and the letters of
//! the last days.

use chrono::{Days, Months, NaiveDate};

use super::cast::{Body, Player};
use super::stage::Stage;
use crate::accounts::Account;
use crate::audit::Actor;
use crate::clock::months_after;
use crate::error::{Error, Result};
use crate::my_training::{NewRecordLink, RecordLink};
use crate::notices::{Frequency, NoticeChoice, Pictures, note_what_ends, send_digests, send_pictures};
use crate::training::{Module, Shared, share_training};

/// Where the guest who comes for their own training works, and who that is.
const SHOWN: (&str, &str) = ("Radford Road Youth Collective", "Jordan Whitmore");
/// Notices have been sent for so many days; before that there were none.
const TOLD_FOR: i64 = 3;

/// One link that is open for all, one for two modules, one that was ended, and one whose time is over.
pub fn play_links(stage: &mut Stage<'_>, body: &Body) -> Result<()> {
    let Some((player, account)) = guest_of(body) else { return Ok(()) };
    let person = player.member.person.id;
    let modules = Module::all(stage.conn)?.into_iter().take(2).map(|module| module.id).collect();
    let links = [
        (80, None, "Application to the council", 6, None),
        (45, Some(modules), "Trip with the Scouts", 6, Some(3)),
        (50, None, "Sent to the wrong address", 6, Some(0)),
        (70, None, "School project", 1, Some(2)),
    ];
    for (days, modules, note, months, opened) in links {
        let at = stage.days_ago(days);
        let new = NewRecordLink { modules, note: note.to_owned(), ends_on: months_after(at.date(), months) };
        let made = stage.play_as(account, at, |act| RecordLink::make(act, person, new))?;
        let link = made.ok_or(Error::Conflict)?;
        for time in 0..opened.unwrap_or(1) {
            let at = stage.days_ago(days - 2 * i64::from(time) - 1);
            stage.play(&Actor::visitor(), at, |act| link.count_opening(act))?;
        }
        if opened == Some(0) {
            let at = stage.days_ago(days);
            stage.play_as(account, at.max(link.made_at), |act| link.end(act))?;
        }
    }
    let (at, within) = (stage.days_ago(30), body.organisation.id);
    stage.play_as(account, at, |act| share_training(act, person, within, Shared::Everything))?;
    stage.play_as(account, at, |act| NoticeChoice::choose(act, account.id, Frequency::Weekly, Pictures::Monthly))
}

/// The letters of the last days, and this month's to leads.
pub fn play_notices(stage: &mut Stage<'_>) -> Result<()> {
    let (portal, month_ago) = (Actor::portal(), stage.days_ago(40));
    stage.play(&portal, month_ago, send_pictures)?;
    for days in (0..=TOLD_FOR).rev() {
        let at = stage.days_ago(days);
        while stage.play(&portal, at, note_what_ends)? > 0 {}
        while stage.play(&portal, at, send_digests)? > 0 {}
    }
    let at = stage.days_ago(0);
    while stage.play(&portal, at, send_pictures)? > 0 {}
    Ok(())
}

/// When the guest completed a module, where their next steps are to be seen; `None` leaves it to chance.
pub fn set_day(today: NaiveDate, body: &Body, player: &Player, module: &Module) -> Option<Option<NaiveDate>> {
    if body.organisation.name != SHOWN.0 || player.member.person.name != SHOWN.1 {
        return None;
    }
    let three_years_before = |day: NaiveDate| day - Months::new(36);
    match module.id.as_str() {
        "send" => Some(Some(three_years_before(today - Days::new(20)))),
        "gdpr" => Some(Some(three_years_before(today + Days::new(14)))),
        "exploitation-awareness" => Some(None),
        _ => None,
    }
}

fn guest_of(body: &Body) -> Option<(&Player, &Account)> {
    let found = body.players.iter().find(|player| player.member.person.name == SHOWN.1)?;
    (body.organisation.name == SHOWN.0).then_some((found, found.account.as_ref()?))
}
