//! The pages a young person sees. Short words, big pictures, one question at a time.

use serde::Serialize;

use super::answer::{Age, Answer, Said, Slip};
use super::forms::SayForm;
use super::heard::RoundHeard;
use super::heard_view::{HeardView, age_name, answer_name};
use super::question::{Asked, questions_in_content};
use super::reply::Reply;
use super::round::{VoiceRound, VoiceRoundState};
use crate::clock::{day_of, say_day};
use crate::ids::{VoiceReplyId, VoiceRoundId};
use crate::web::{Choice, Filled, Page, Sample, sample};

macro_rules! say_page {
    ($name:ident, $template:literal, $title:literal) => {
        impl Page for $name {
            const TEMPLATE: &'static str = $template;
            const PLAIN: bool = true;
            fn title(&self) -> String {
                $title.into()
            }
        }
    };
}

/// What this is, who reads it, and where to go with a worry.
#[derive(Serialize)]
pub struct StartPage {
    organisation: String,
    code: String,
    questions: usize,
    slip: String,
}

/// One question.
#[derive(Serialize)]
pub struct QuestionPage {
    code: String,
    number: i32,
    questions: usize,
    words: String,
    answers: Vec<Choice>,
    said: String,
    slip: String,
    is_first: bool,
}

/// Age and own words, both as they like.
#[derive(Serialize)]
pub struct LastPage {
    organisation: String,
    code: String,
    questions: usize,
    ages: Vec<Choice>,
    form: Filled,
}

/// It counts.
#[derive(Serialize)]
pub struct ThanksPage {
    organisation: String,
    closes_on: String,
}

/// It does not count.
#[derive(Serialize)]
pub struct EndPage {
    organisation: String,
    full: bool,
}

/// The round is over: what was said, and what was done about it.
#[derive(Serialize)]
pub struct OverPage {
    organisation: String,
    people: Option<String>,
    heard: Vec<HeardView>,
    /// When it was answered.
    answered_on: Option<String>,
    replies: Vec<ReplyView>,
}

/// You said, we did.
#[derive(Debug, Clone, Serialize)]
pub struct ReplyView {
    pub id: VoiceReplyId,
    pub number: i32,
    pub said: String,
    pub did: String,
}

say_page!(StartPage, "voice/start", "What is it like here?");
say_page!(QuestionPage, "voice/question", "What is it like here?");
say_page!(LastPage, "voice/last", "Nearly done");
say_page!(ThanksPage, "voice/thanks", "Thank you");
say_page!(EndPage, "voice/end", "This form is closed");
say_page!(OverPage, "voice/over", "What young people said");

impl StartPage {
    pub fn new(organisation: &str, code: &str, questions: usize, slip: &Slip) -> Self {
        let (organisation, code) = (organisation.to_owned(), code.to_owned());
        Self { organisation, code, questions, slip: slip.as_str().to_owned() }
    }
}

impl QuestionPage {
    pub fn new(code: &str, (asked, of): (&Asked, usize), said: &Said, slip: &Slip) -> Self {
        Self {
            code: code.to_owned(),
            number: asked.position,
            questions: of,
            words: asked.words.clone(),
            answers: Answer::ALL.iter().map(|answer| Choice::new(answer.as_str(), answer_name(*answer))).collect(),
            said: said.letters(),
            slip: slip.as_str().to_owned(),
            is_first: said.0.is_empty(),
        }
    }
}

impl LastPage {
    /// With what was typed before it was refused.
    pub fn new(organisation: &str, code: &str, questions: usize, form: Filled) -> Self {
        let ages = Age::ALL.iter().map(|age| Choice::new(age.as_str(), age_name(*age)));
        Self {
            organisation: organisation.to_owned(),
            code: code.to_owned(),
            questions,
            ages: ages.chain([Choice::new("", "I do not want to say")]).collect(),
            form,
        }
    }

    /// After the last question.
    pub fn after(organisation: &str, code: &str, questions: usize, said: &Said, slip: &Slip) -> Self {
        let form = Filled::blank(SayForm::FIELDS).with("said", said.letters()).with("slip", slip.as_str());
        Self::new(organisation, code, questions, form)
    }
}

impl ThanksPage {
    pub fn new(organisation: &str, round: &VoiceRound) -> Self {
        Self { organisation: organisation.to_owned(), closes_on: say_day(round.closes_on) }
    }
}

impl EndPage {
    /// As many have answered as could.
    pub fn full(organisation: &str) -> Self {
        Self { organisation: organisation.to_owned(), full: true }
    }

    /// It closed while they were answering.
    pub fn over(organisation: &str) -> Self {
        Self { organisation: organisation.to_owned(), full: false }
    }
}

impl OverPage {
    /// Nothing is told before the organisation has answered.
    pub fn new(organisation: &str, round: &VoiceRound, heard: Option<&RoundHeard>, replies: &[Reply]) -> Self {
        let answered = round.state == VoiceRoundState::Answered;
        let heard = heard.filter(|_| answered);
        Self {
            organisation: organisation.to_owned(),
            people: heard.and_then(|heard| heard.people).map(|people| format!("About {people} young people answered")),
            heard: heard.map(|heard| heard.questions.iter().map(HeardView::of).collect()).unwrap_or_default(),
            answered_on: round.replied_at.map(|at| say_day(day_of(at))),
            replies: replies.iter().filter(|_| answered).map(ReplyView::of).collect(),
        }
    }
}

impl ReplyView {
    pub(super) fn of(reply: &Reply) -> Self {
        Self { id: reply.id, number: reply.position, said: reply.said.clone(), did: reply.did.clone() }
    }
}

pub(super) fn made_up_reply() -> Reply {
    Reply {
        id: VoiceReplyId::new(),
        round_id: VoiceRoundId::new(),
        position: 1,
        said: "The street outside is dark.".into(),
        did: "Two of us now stand at the gate until everyone has gone.".into(),
    }
}

/// Each page a young person can come to.
pub fn samples() -> Vec<Sample> {
    use super::round_pages::{made_up_heard, made_up_round};

    let organisation = "The Hub";
    let (slip, code) = (Slip::new(), "7K3M9QXZ");
    let questions = questions_in_content().expect("the content holds the questions");
    let question = &questions[0];
    let asked = Asked {
        round_id: VoiceRoundId::new(),
        question_id: question.id.clone(),
        position: 1,
        words: question.words.clone(),
        standard_id: question.standard_id.clone(),
        statement_id: question.statement_id.clone(),
    };
    let said = Said(vec![Some(Answer::Yes)]);
    let too_long = Filled::blank(SayForm::FIELDS)
        .with("said", "y")
        .with("slip", slip.as_str())
        .with_problem("words", "What you write must be 500 characters or fewer");
    let closed = made_up_round(VoiceRoundState::Closed);
    let answered = made_up_round(VoiceRoundState::Answered);
    let heard = made_up_heard();
    vec![
        sample(&StartPage::new(organisation, code, 9, &slip)),
        sample(&QuestionPage::new(code, (&asked, 9), &Said::default(), &slip)),
        sample(&QuestionPage::new(code, (&asked, 9), &said, &slip)),
        sample(&LastPage::after(organisation, code, 9, &said, &slip)),
        sample(&LastPage::new(organisation, code, 9, too_long)),
        sample(&ThanksPage::new(organisation, &answered)),
        sample(&EndPage::full(organisation)),
        sample(&EndPage::over(organisation)),
        sample(&OverPage::new(organisation, &closed, None, &[])),
        sample(&OverPage::new(organisation, &answered, Some(&heard), &[made_up_reply()])),
    ]
}
