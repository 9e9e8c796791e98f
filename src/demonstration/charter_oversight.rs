//! The VRP's view of the way to the Charter in the demonstration: it is counted, and those who went to the training and did
//! not go on have had a letter.

use super::cast::Cast;
use super::stage::Stage;
use crate::audit::Actor;
use crate::charter_oversight::{
    CharterCensus, CharterStep, NewGroupLetter, Sought, Waiting, go_on_with_charter_census, go_on_with_group_letters,
    write_to_group,
};
use crate::error::{Error, Result};

const WORDS: &str = "You have been to the Charter training. The next step is your own words for each statement; most groups write \
                     them in one evening with their young people.\n\nIf something holds you up, reply to this letter or ring us.";

/// Counted just now, and written to just now.
pub fn play_letters(stage: &mut Stage<'_>, cast: &Cast) -> Result<()> {
    let now = stage.moments_ago();
    stage.play(&Actor::portal(), now, |act| {
        while go_on_with_charter_census(act)? > 0 {}
        Ok(())
    })?;
    let sought = Sought { step: Some(CharterStep::Trained), ..Sought::default() };
    stage.play_as(&cast.steward, now, |act| {
        let census = CharterCensus::latest(act.conn)?.ok_or(Error::NotFound)?;
        let shown = Waiting::page(act.conn, &census, &sought, "")?;
        let new = NewGroupLetter {
            sought,
            subject: "Your next step after the Charter training".to_owned(),
            words: WORDS.to_owned(),
            census_seen: Some(census.id),
            organisations_seen: shown.found,
        };
        write_to_group(act, cast.steward.id, new).map(drop)
    })?;
    stage.play(&Actor::portal(), now, |act| {
        while go_on_with_group_letters(act)? > 0 {}
        Ok(())
    })
}
