//! The skills audit in the demonstration: a round that is over, and the one that runs.

use chrono::Days;

use super::cast::{Body, Cast};
use super::stage::Stage;
use super::story::Story;
use crate::accounts::Account;
use crate::error::{Error, Result};
use crate::sector_skills::go_on_with_counts;
use crate::skills_audit::{
    Answer, Barrier, Confidence, Instrument, PaperAnswers, Picture, Round, RoundTerms, answer_group, begin,
    close_round, finish, name_barriers, open_round, say_held, say_in_words, suggestions, type_answers,
};
use crate::skills_rounds::{InvitedBy, invite_by_link};
use crate::training::{Module, plan_modules};
use crate::words::EmailAddress;

/// The round before ended, and the present one began, so many days ago.
const ROUND_BEGAN: i64 = 55;
/// Answers to the round before came up to this many days before its end.
const ROUND_BEFORE: i64 = 300;
/// The present one goes on for so many days.
const ROUND_GOES_ON: u64 = 21;

/// What people say in their own words.
const WORDS: &[&str] = &[
    "Somebody to cover my Tuesday session while I train.",
    "Short evening sessions, online, with the recording afterwards.",
    "More about what to do after a fight between groups.",
    "A way to talk with other clubs near us.",
    "Training in our own room, so that the whole team can come.",
];

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
    let terms = RoundTerms {
        closes_on: Some(stage.today() + Days::new(ROUND_GOES_ON)),
        ..RoundTerms::called(&format!("Skills audit {}", at.format("%B %Y")))
    };
    stage.play_as(&cast.steward, at, |act| {
        close_round(act, &before)?;
        while go_on_with_counts(act)? > 0 {}
        open_round(act, &terms)?.ok_or(Error::Conflict)
    })?;
    Ok(())
}

/// Answers to the present round; someone without an account gets a link, another answers on paper; and the leads plan what
/// the gaps ask for.
pub fn play_round(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    let since = ROUND_BEGAN.min(story.days - 3).max(2);
    answer(stage, body, story.skills_answers, 1..since, 0)?;
    let round = Round::open_now(stage.conn)?.ok_or(Error::NotFound)?;
    let lead = body.players.iter().find_map(|player| player.account.as_ref());
    let (Some(lead), true) = (lead, story.skills_answers > 4) else { return Ok(()) };
    let without: Vec<_> = body.players.iter().filter(|player| player.account.is_none()).collect();
    let at = stage.moments_ago();
    let (invited, on_paper) = match without[..] {
        [one] if stage.number(0..2) == 0 => (None, Some(one)),
        [one] => (Some(one), None),
        _ => (without.first().copied(), without.get(1).copied()),
    };
    if let Some(invited) = invited {
        let first = invited.member.person.name.split(' ').next().unwrap_or("someone").to_lowercase();
        let address = EmailAddress::parse(&format!("{first}@families.example.org"))
            .map_err(|flaw| Error::unexpected(format!("{flaw:?}")))?;
        let by = InvitedBy(lead.id);
        stage
            .play_as(lead, at, |act| invite_by_link(act, &round, &body.organisation, &invited.member, &address, by))?;
    }
    if let Some(on_paper) = on_paper {
        let sheet = paper_of(stage)?;
        stage.play_as(lead, at, |act| {
            type_answers(act, &round, body.organisation.id, &on_paper.member, lead.id, &sheet)
        })?;
    }
    plan_what_is_missing(stage, body, &round, lead)
}

fn paper_of(stage: &mut Stage<'_>) -> Result<PaperAnswers> {
    let instrument = Instrument::load(stage.conn)?;
    let mut answers = Vec::new();
    for skill in instrument.skills.iter().take(20) {
        let confidence = Confidence::new(stage.number(1..6) as i32).ok_or_else(|| Error::unexpected("1 to 5"))?;
        answers.push(Answer { skill: skill.id.clone(), confidence, wants: confidence.is_low() });
    }
    Ok(PaperAnswers { answers, held: Vec::new(), barriers: vec![Barrier::Time] })
}

fn plan_what_is_missing(stage: &mut Stage<'_>, body: &Body, round: &Round, lead: &Account) -> Result<()> {
    let picture = Picture::of(stage.conn, round.id, body.organisation.id)?;
    let instrument = Instrument::of(stage.conn, round.instrument)?;
    let Some(first) = suggestions(&instrument, &picture).into_iter().next() else { return Ok(()) };
    let module = Module::all(stage.conn)?.into_iter().find(|module| module.id == first.module);
    let wanted: Vec<_> =
        module.into_iter().map(|module| (module, format!("{}: people want it", round.title))).collect();
    let at = stage.moments_ago();
    stage.play_as(lead, at, |act| plan_modules(act, body.organisation.id, lead.id, &wanted)).map(drop)
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
        let held = vec![stage.one_of(&instrument.modules)?.0.clone()];
        let words = match (instrument.open_questions.first(), stage.number(0..3)) {
            (Some(open), 0) => vec![(open.id.clone(), (*stage.one_of(WORDS)?).to_owned())],
            _ => Vec::new(),
        };
        let shares_name = stage.number(0..5) == 0;
        stage.play_as(account, at, |act| {
            name_barriers(act, &response, &barriers)?;
            say_held(act, &response, &held)?;
            say_in_words(act, &response, &words, shares_name)?;
            finish(act, &response)
        })?;
    }
    Ok(())
}
