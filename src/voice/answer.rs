//! Answering. What someone has answered so far goes from page to page with them and is kept nowhere; at the end numbers
//! grow, all in one act. No entry is made in the trail: it would say when someone answered.

use diesel::prelude::*;

use super::question::Asked;
use super::round::VoiceRound;
use super::words::keep_words;
use crate::acts::Act;
use crate::db::schema::{voice_ages as ages, voice_rounds as rounds, voice_slips, voice_tallies as tallies};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{VoiceQuestionId, VoiceRoundId};
use crate::text_enum;

text_enum! {
    /// What someone says to a question.
    pub enum Answer { Yes = "yes", Sometimes = "sometimes", No = "no" }
}

text_enum! {
    /// How old someone says they are, as far as anyone need know.
    pub enum Age { Under11 = "under-11", From11 = "11-13", From14 = "14-16", From17 = "17-19", Over19 = "over-19" }
}

/// What was answered to the first questions, in order. Nothing for one that was skipped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said(pub Vec<Option<Answer>>);

impl Said {
    /// A letter for each question: `ysn-`.
    pub fn parse(letters: &str) -> Option<Self> {
        let one = |letter| match letter {
            'y' => Some(Some(Answer::Yes)),
            's' => Some(Some(Answer::Sometimes)),
            'n' => Some(Some(Answer::No)),
            '-' => Some(None),
            _ => None,
        };
        letters.chars().map(one).collect::<Option<_>>().map(Self)
    }

    pub fn letters(&self) -> String {
        let letter = |answer: &Option<Answer>| answer.map_or('-', |answer| answer.as_str().as_bytes()[0].into());
        self.0.iter().map(letter).collect()
    }
}

/// One form, so that it counts once however often it is sent. It says nothing of who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip(String);

impl Slip {
    pub fn new() -> Self {
        Self(hex::encode(rand::random::<[u8; 16]>()))
    }

    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == 32 && text.bytes().all(|letter| letter.is_ascii_hexdigit());
        is_one.then(|| Self(text.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Slip {
    fn default() -> Self {
        Self::new()
    }
}

/// All that someone hands in.
#[derive(Debug, Clone)]
pub struct NewAnswers {
    pub slip: Slip,
    pub said: Said,
    pub age: Option<Age>,
    /// In their own words; empty for nothing.
    pub words: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandedIn {
    /// It counts; also when it had come before.
    Counted,
    /// As many have answered as could. Nothing was kept.
    Full,
    /// The round is over. Nothing was kept.
    Over,
}

/// Counts a form. Whoever skipped everything and wrote nothing has still answered.
pub fn hand_in(act: &mut Act<'_>, code: &str, new: &NewAnswers) -> Result<HandedIn> {
    let round = VoiceRound::with_code(act.conn, code)?;
    if !round.takes_answers(act.today()) {
        return Ok(HandedIn::Over);
    }
    // Takes the row of the round: of several who hand in at once each counts after the other.
    let own = rounds::table.find(round.id);
    let room = own.filter(rounds::state.eq("open")).filter(rounds::heard.lt(rounds::expected));
    let counted = diesel::update(room).set(rounds::heard.eq(rounds::heard + 1)).execute(act.conn)?;
    let slip = (voice_slips::round_id.eq(round.id), voice_slips::slip.eq(new.slip.as_str()));
    if counted == 0 {
        let came = voice_slips::table.find((round.id, new.slip.as_str()));
        let before: bool = diesel::select(diesel::dsl::exists(came)).get_result(act.conn)?;
        return Ok(if before { HandedIn::Counted } else { HandedIn::Full });
    }
    if unless_taken(act.conn, |conn| diesel::insert_into(voice_slips::table).values(slip).execute(conn))?.is_none() {
        diesel::update(own).set(rounds::heard.eq(rounds::heard - 1)).execute(act.conn)?;
        return Ok(HandedIn::Counted);
    }
    for (asked, answer) in Asked::in_round(act.conn, round.id)?.iter().zip(&new.said.0) {
        if let Some(answer) = answer {
            add_answer(act.conn, round.id, &asked.question_id, *answer)?;
        }
    }
    if let Some(age) = new.age {
        add_age(act.conn, round.id, age)?;
    }
    keep_words(act, round.id, &new.words)?;
    Ok(HandedIn::Counted)
}

fn add_answer(conn: &mut DbConnection, round: VoiceRoundId, question: &VoiceQuestionId, answer: Answer) -> Result<()> {
    let row = tallies::table.find((round, question, answer.as_str()));
    if diesel::update(row).set(tallies::people.eq(tallies::people + 1)).execute(conn)? == 0 {
        let first = (
            tallies::round_id.eq(round),
            tallies::question_id.eq(question),
            tallies::answer.eq(answer),
            tallies::people.eq(1),
        );
        diesel::insert_into(tallies::table).values(first).execute(conn)?;
    }
    Ok(())
}

fn add_age(conn: &mut DbConnection, round: VoiceRoundId, age: Age) -> Result<()> {
    let row = ages::table.find((round, age.as_str()));
    if diesel::update(row).set(ages::people.eq(ages::people + 1)).execute(conn)? == 0 {
        let first = (ages::round_id.eq(round), ages::age.eq(age), ages::people.eq(1));
        diesel::insert_into(ages::table).values(first).execute(conn)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_goes_from_page_to_page_in_letters() {
        let said = Said(vec![Some(Answer::Yes), Some(Answer::Sometimes), Some(Answer::No), None]);
        assert_eq!(said.letters(), "ysn-");
        assert_eq!(Said::parse("ysn-"), Some(said));
        assert_eq!(Said::parse("yx"), None);
        assert_eq!(Said::parse(""), Some(Said::default()));
    }

    #[test]
    fn a_slip_is_as_we_make_them_or_none() {
        let slip = Slip::new();
        assert_eq!(Slip::parse(slip.as_str()), Some(slip.clone()));
        assert_ne!(slip, Slip::new());
        for odd in ["", "x", &"g".repeat(32), &"a".repeat(33)] {
            assert_eq!(Slip::parse(odd), None, "{odd}");
        }
    }
}
