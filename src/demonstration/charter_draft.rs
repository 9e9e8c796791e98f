//! The next Charter in the demonstration: a draft in progress, with a statement that is new, one reworded, one moved and one
//! taken out, and one with a picture. It is not ready to publish: a text of the new one is missing.

use super::cast::Cast;
use super::stage::{Stage, keep_picture};
use crate::acts::Act;
use crate::charter::{
    Direction, Draft, DraftText, FrontText, NewPicture, StatementPart, add_statement, begin_draft, move_statement,
    put_picture, remove_statement, rewrite_draft,
};
use crate::error::{Error, Result};
use crate::ids::{AccountId, StatementId};
use crate::words::mark_of;

const INTRODUCTION: &str = "This Charter says what young people can expect here. It was written with 40 of them, in the \
                            summer of 2026. Ask any group that has pledged how it keeps these promises.";
const RESPECT: &str = "We will treat you fairly and speak to you with respect. We will not judge you by where you live, \
                       how you look, who you love or what you have done before.";

const TALKING: &[u8] = include_bytes!("../../content/demonstration/talking.png");
const TALKING_SHOWS: &str = "Four young people stand side by side. Each of them says something.";

/// Begun a fortnight ago, and written on since.
pub fn play_draft(stage: &mut Stage<'_>, cast: &Cast) -> Result<()> {
    let (steward, begun, written) = (&cast.steward, stage.days_ago(14), stage.days_ago(3));
    stage.play_as(steward, begun, |act| {
        begin_draft(act, steward.id)?;
        write(act, &DraftText::Front(FrontText::Introduction), INTRODUCTION)
    })?;
    stage.play_as(steward, written, |act| {
        let respect = StatementId::from("respect");
        write(act, &DraftText::Statement(respect, StatementPart::Words), RESPECT)?;
        move_statement(act, &"safe-place".into(), Direction::Up)?;
        let motivation = StatementId::from("motivation-to-achieve");
        let draft = Draft::open(act.conn)?.ok_or(Error::NotFound)?;
        remove_statement(act, &motivation, &draft.statement(&motivation)?.mark())?;
        let fun = add_statement(act, "Having fun")?;
        for (part, words) in [
            (StatementPart::Words, "We will make time to laugh. You do not have to earn it."),
            (
                StatementPart::InPractice,
                "There is time each week that is not for a goal. Young people choose what they do in it.",
            ),
            (StatementPart::Prompt, "How will you make time for fun?"),
        ] {
            write(act, &DraftText::Statement(fun.clone(), part), words)?;
        }
        illustrate(act, &"choice-and-voice".into(), steward.id)
    })
}

/// With the picture that a group of young people drew.
fn illustrate(act: &mut Act<'_>, statement: &StatementId, by: AccountId) -> Result<()> {
    let draft = Draft::open(act.conn)?.ok_or(Error::NotFound)?;
    let seen = draft.statement(statement)?.mark_of_picture();
    let new = NewPicture { file: keep_picture(act.files, "talking.png", TALKING)?, words: TALKING_SHOWS.to_owned() };
    put_picture(act, statement, new, by, &seen).map(drop)
}

fn write(act: &mut Act<'_>, which: &DraftText, words: &str) -> Result<()> {
    let draft = Draft::open(act.conn)?.ok_or(Error::NotFound)?;
    let seen = mark_of(&draft.text(which)?);
    rewrite_draft(act, which, words, &seen).map(drop)
}
