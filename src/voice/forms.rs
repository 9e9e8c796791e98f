//! What young people press, and what leads and the VRP type.

use super::answer::{Age, Answer, Said, Slip};
use super::words::Verdict;
use crate::web::{Ask, Form, Sent};
use crate::words::{Line, Passage, parse_whole};

/// So many young people could answer at most.
const MOST_EXPECTED: i32 = 5000;
/// With fewer nothing would ever be shown.
const FEWEST_EXPECTED: i32 = 5;

/// What was pressed on a page of the form.
pub enum Press {
    /// From the first page on.
    Begin,
    /// An answer, or nothing for a question that is skipped.
    Answer(Option<Answer>),
    Back,
    Send {
        age: Option<Age>,
        words: String,
    },
}

/// A page of the form, with what was said on those before it.
pub struct SayForm {
    pub slip: Slip,
    pub said: Said,
    pub press: Press,
}

impl SayForm {
    pub const FIELDS: &[&str] = &["slip", "said", "age", "words"];
}

impl Form for SayForm {
    /// What makes no sense begins anew: nobody is told off. Only words that are too long are refused.
    fn parse(sent: &mut Sent) -> Option<Self> {
        let slip = Slip::parse(&sent.typed("slip")).unwrap_or_default();
        let said = Said::parse(&sent.typed("said")).unwrap_or_default();
        let age = Age::parse(&sent.typed("age"));
        let ask = Ask::new("words", "What you write", "");
        let words = sent.read_optional(ask, "", Passage::<500>::parse);
        let press = match sent.typed("press").as_str() {
            "skip" => Press::Answer(None),
            "back" => Press::Back,
            "send" => Press::Send { age, words: words?.map(Passage::into_string).unwrap_or_default() },
            pressed => Answer::parse(pressed).map_or(Press::Begin, |answer| Press::Answer(Some(answer))),
        };
        Some(Self { slip, said, press })
    }
}

/// Opening a round.
pub struct RoundForm {
    pub expected: i32,
    pub closes_on: chrono::NaiveDate,
}

impl RoundForm {
    pub const FIELDS: &[&str] = &["expected", "closes", "closes-day", "closes-month", "closes-year"];
}

impl Form for RoundForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let expected = expected(sent);
        let closes_on = sent.day(Ask::new("closes", "The last day", "Enter the last day on which they can answer"));
        Some(Self { expected: expected?, closes_on: closes_on? })
    }
}

/// Taking more forms.
pub struct ExpectedForm {
    pub expected: i32,
}

impl ExpectedForm {
    pub const FIELDS: &[&str] = &["expected"];
}

impl Form for ExpectedForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        expected(sent).map(|expected| Self { expected })
    }
}

fn expected(sent: &mut Sent) -> Option<i32> {
    sent.read(
        Ask::new("expected", "The number of young people", "Enter how many young people could answer"),
        "The number of young people must be a whole number from 5 to 5,000. With fewer than 5, talk to them instead: we \
         never show what so few have said",
        |typed| parse_whole(typed, FEWEST_EXPECTED..=MOST_EXPECTED),
    )
}

/// What a lead makes of what they read.
pub struct VerdictForm {
    pub verdict: Verdict,
}

impl Form for VerdictForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.choice("verdict", "Choose what to do with it", Verdict::parse).map(|verdict| Self { verdict })
    }
}

/// You said, we did.
pub struct ReplyForm {
    pub said: Passage<300>,
    pub did: Passage<600>,
}

impl ReplyForm {
    pub const FIELDS: &[&str] = &["said", "did"];
}

impl Form for ReplyForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let said = sent.passage(Ask::new("said", "What they told you", "Enter what young people told you"));
        let did = sent.passage(Ask::new("did", "What you did", "Enter what you did, or why you cannot"));
        Some(Self { said: said?, did: did? })
    }
}

/// A question in other words.
pub struct QuestionForm {
    pub words: Line<120>,
    pub is_asked: bool,
    pub seen: String,
}

impl QuestionForm {
    pub const FIELDS: &[&str] = &["words", "asked", "seen"];
}

impl Form for QuestionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let words = sent.line(Ask::new("words", "The question", "Enter the question"));
        let is_asked = sent.choice("asked", "Select whether to ask it", |typed| match typed {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        });
        let seen = sent.typed("seen");
        Some(Self { words: words?, is_asked: is_asked?, seen })
    }
}
