//! Young people in the demonstration: one organisation asks them now, one has their answers and owes a reply, one has replied,
//! and one heard from too few.

use super::cast::Body;
use super::stage::Stage;
use crate::acts::Act;
use crate::audit::Actor;
use crate::clock::day_of;
use crate::error::Result;
use crate::voice::{
    Age, Answer, NewAnswers, NewReply, Said, Slip, Verdict, VoiceRound, VoiceWords, add_reply, hand_in, judge_words,
    open_voice_round, publish_replies,
};

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Asking,
    Over,
    Answered,
}

/// Who asks, how far it is, how many could answer and how many did, and how many days ago it began.
const ROUNDS: &[(&str, Part, i32, i64, i64)] = &[
    ("Radford Road Youth Collective", Part::Answered, 60, 41, 120),
    ("Radford Road Youth Collective", Part::Asking, 60, 17, 6),
    ("Meadow Lights Dance Company", Part::Over, 40, 26, 30),
    ("Mapperley Signing Club", Part::Over, 8, 3, 25),
    ("Newark Riverside Youth Hub", Part::Answered, 35, 22, 60),
];

/// What some of them wrote.
const WORDS: &[&str] = &[
    "Can we cook more often?",
    "The hall is cold in winter.",
    "I like it that Dev asks how my week was.",
    "It is dark when we walk home.",
    "More football please",
];

const REPLIES: &[(&str, &str)] = &[
    (
        "It is dark when you walk home.",
        "Two of us stand at the gate until everyone has gone. We asked the council for a lamp.",
    ),
    (
        "You want to cook more often.",
        "There is a cooking night on the first Friday of each month now. You choose the meal.",
    ),
    ("The hall is cold.", "We cannot change the heating: it is the school’s. We have asked, and bought two heaters."),
];

pub fn play_voices(stage: &mut Stage<'_>, bodies: &[&Body]) -> Result<()> {
    for (name, part, expected, heard, days) in ROUNDS {
        let Some(body) = bodies.iter().find(|body| body.organisation.name == *name) else { continue };
        play_round(stage, body, (*part, *expected, *heard, *days))?;
    }
    Ok(())
}

fn play_round(stage: &mut Stage<'_>, body: &Body, (part, expected, heard, days): (Part, i32, i64, i64)) -> Result<()> {
    let lead = body.lead()?;
    let began = stage.days_ago(days);
    let closes_on = day_of(began) + chrono::Days::new(20);
    let organisation = body.organisation.id;
    let round =
        stage.play_as(lead, began, |act| open_voice_round(act, organisation, lead.id, (expected, closes_on)))?;
    for number in 0..heard {
        let new = answers(stage, number)?;
        let at = stage.days_ago(days - 1);
        stage.play(&Actor::visitor(), at, |act| hand_in(act, &round.code, &new).map(|_| ()))?;
    }
    if part == Part::Asking {
        return Ok(());
    }
    let over = stage.days_ago(days - 18);
    stage.play_as(lead, over, |act| {
        round.close(act)?;
        judge_first(act, &round, lead.id)
    })?;
    if part == Part::Answered {
        let at = stage.days_ago(days - 19);
        stage.play_as(lead, at, |act| {
            for (said, did) in REPLIES {
                add_reply(act, &round, &NewReply { said: (*said).to_owned(), did: (*did).to_owned() })?;
            }
            publish_replies(act, &round, lead.id)
        })?;
    }
    Ok(())
}

/// Mostly yes, less so to some questions; now and then somebody skips one, and one in six writes something.
fn answers(stage: &mut Stage<'_>, number: i64) -> Result<NewAnswers> {
    let mut said = Vec::new();
    for question in 0..9 {
        said.push(match stage.number(0..12) + question % 3 {
            0..=7 => Some(Answer::Yes),
            8..=10 => Some(Answer::Sometimes),
            11 => Some(Answer::No),
            _ => None,
        });
    }
    let words = if number % 6 == 2 { (*stage.one_of(WORDS)?).to_owned() } else { String::new() };
    let age = Some(*stage.one_of(&Age::ALL[1..4])?).filter(|_| number % 5 != 0);
    Ok(NewAnswers { slip: Slip::new(), said: Said(said), age, words })
}

/// The first is kept and the second passed on; what else there is waits.
fn judge_first(act: &mut Act<'_>, round: &VoiceRound, by: crate::ids::AccountId) -> Result<()> {
    let words = VoiceWords::in_round(act.conn, round.id)?;
    for (words, verdict) in words.iter().zip([Verdict::Keep, Verdict::Urgent]) {
        judge_words(act, round, words.id, by, verdict)?;
    }
    Ok(())
}
