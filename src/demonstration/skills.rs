//! The skills audit in the demonstration: a round that is over, and the one that runs.

use super::cast::{Body, Cast};
use super::stage::Stage;
use super::story::Story;
use crate::error::{Error, Result};
use crate::skills_audit::{
    Answer, Barrier, Confidence, Instrument, Round, answer_group, begin, close_round, finish, name_barriers, open_round,
};

/// The round before ended, and the present one began, so many days ago.
const ROUND_BEGAN: i64 = 55;
/// Answers to the round before came up to this many days before its end.
const ROUND_BEFORE: i64 = 300;

/// Answers of those who were there in the round before; confidence was lower then.
pub fn play_round_before(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    if story.days < ROUND_BEGAN + ROUND_BEFORE + 20 {
        return Ok(());
    }
    answer(stage, body, story.skills_answers, ROUND_BEGAN + 20..ROUND_BEGAN + ROUND_BEFORE, -1)
}

/// Ends the round before and opens the present one.
pub fn play_new_round(stage: &mut Stage<'_>, cast: &Cast) -> Result<()> {
    let at = stage.days_ago(ROUND_BEGAN);
    let before = Round::open_now(stage.conn)?.ok_or(Error::NotFound)?;
    stage.play_as(&cast.steward, at, |act| {
        close_round(act, &before)?;
        open_round(act, &format!("Skills audit {}", at.format("%B %Y")))?.ok_or(Error::Conflict)
    })?;
    Ok(())
}

/// Answers to the present round.
pub fn play_round(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    let since = ROUND_BEGAN.min(story.days - 3).max(2);
    answer(stage, body, story.skills_answers, 1..since, 0)
}

/// So many people answer, some days ago; `change` is added to how confident they are.
fn answer(stage: &mut Stage<'_>, body: &Body, people: usize, days: std::ops::Range<i64>, change: i64) -> Result<()> {
    let instrument = Instrument::load(stage.conn)?;
    let round = Round::open_now(stage.conn)?.ok_or(Error::NotFound)?.id;
    let with_account = body.players.iter().filter_map(|p| Some((p.member.person.id, p.account.as_ref()?)));
    for (person, account) in with_account.take(people) {
        let day = stage.number(days.clone());
        let at = stage.days_ago(day);
        let response = stage.play_as(account, at, |act| begin(act, round, body.organisation.id, person))?;
        let habit = stage.number(2..5) + change;
        for group in &instrument.groups {
            let mut answers = Vec::new();
            for skill in instrument.skills.iter().filter(|skill| skill.group_id == group.id) {
                let value = (habit + stage.number(-1..2)).clamp(1, 5);
                let confidence = Confidence::new(value as i32).ok_or_else(|| Error::unexpected("1 to 5"))?;
                let wants = confidence.is_low() || stage.number(0..6) == 0;
                answers.push(Answer { skill: skill.id.clone(), confidence, wants });
            }
            stage.play_as(account, at, |act| answer_group(act, &response, &group.id, &answers))?;
        }
        let barriers = [*stage.one_of(Barrier::ALL)?, *stage.one_of(Barrier::ALL)?];
        stage.play_as(account, at, |act| {
            name_barriers(act, &response, &barriers)?;
            finish(act, &response)
        })?;
    }
    Ok(())
}
