//! What young people are asked, for the VRP to reword.

use serde::Serialize;

use super::forms::QuestionForm;
use super::question::{VoiceQuestion, questions_in_content};
use crate::reading_age::reading_years;
use crate::web::{Choice, Filled, Link, Page, Sample, choices, sample};

pub(super) const QUESTIONS: &str = "/vrp/voice";
pub(super) const REWORDED: &str = "Saved. Rounds that begin from now on ask it so";
pub(super) const ONE_AT_LEAST: &str = "Ask one question at least";
pub(super) const CHANGED_MEANWHILE: &str = "Somebody else has changed this question while you were writing. It is shown below as you have it: save again if yours is right";

/// Every question.
#[derive(Serialize)]
pub struct QuestionsPage {
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    id: String,
    words: String,
    years: Option<u32>,
    is_asked: bool,
}

impl QuestionView {
    fn of(question: &VoiceQuestion) -> Self {
        Self {
            id: question.id.to_string(),
            words: question.words.clone(),
            years: reading_years(&question.words),
            is_asked: question.is_asked,
        }
    }
}

/// One question.
#[derive(Serialize)]
pub struct RewordingPage {
    question: QuestionView,
    ways: Vec<Choice>,
    /// The mark of what the form began with.
    seen: String,
    form: Filled,
}

impl QuestionsPage {
    pub fn new(questions: &[VoiceQuestion]) -> Self {
        Self { questions: questions.iter().map(QuestionView::of).collect() }
    }
}

impl RewordingPage {
    pub fn new(question: &VoiceQuestion, form: Filled) -> Self {
        Self {
            question: QuestionView::of(question),
            ways: choices(&[("yes", "Yes"), ("no", "No, leave it out of rounds that begin from now on")]),
            seen: question.mark(),
            form,
        }
    }

    /// As it stands.
    pub fn of(question: &VoiceQuestion) -> Self {
        let form = Filled::blank(QuestionForm::FIELDS)
            .with("words", &question.words)
            .with("asked", if question.is_asked { "yes" } else { "no" });
        Self::new(question, form)
    }
}

impl Page for QuestionsPage {
    const TEMPLATE: &'static str = "voice/questions";
    fn title(&self) -> String {
        "What young people are asked".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

impl Page for RewordingPage {
    const TEMPLATE: &'static str = "voice/question-edit";
    fn title(&self) -> String {
        "A question for young people".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(QUESTIONS)
    }
}

/// All of them, one that is asked no more, and one that is refused.
pub fn samples() -> Vec<Sample> {
    let mut questions = questions_in_content().expect("the content holds the questions");
    questions[1].is_asked = false;
    let refused = Filled::blank(QuestionForm::FIELDS).with_problem("words", "Enter the question");
    vec![
        sample(&QuestionsPage::new(&questions)),
        sample(&RewordingPage::of(&questions[0])),
        sample(&RewordingPage::new(&questions[1], refused)),
    ]
}
