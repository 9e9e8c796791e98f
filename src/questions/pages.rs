//! The page that asks a question.

use serde::Serialize;

use super::identifiers_form::uses_other_numbers;
use super::wording::{day_name, legal_form_name, question_title, stage_name};
use crate::db::DbConnection;
use crate::error::Result;
use crate::organisations::{Access, Activity, Answer, Day, District, Language, LegalForm, Question, Stage};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

/// A question, and where it is asked.
pub struct Asked {
    pub question: Question,
    /// Where the answer goes.
    pub action: String,
    /// Above the question.
    pub caption: String,
    pub back_to: String,
}

/// Where a question's choices come from.
pub enum Options {
    Districts(Vec<District>),
    Activities(Vec<Activity>),
    /// They are fixed, or there are none.
    Fixed,
}

/// Somebody else's answer to the question, given while someone was writing theirs.
#[derive(Serialize)]
pub struct Meanwhile {
    /// Nobody, when it was published or discarded.
    pub who: Option<String>,
    pub when: String,
    pub text: String,
}

/// One question. All of them share this page; which one is asked is in `question`.
#[derive(Serialize)]
pub struct QuestionPage {
    question: Question,
    action: String,
    caption: String,
    choices: Vec<Choice>,
    form: Filled,
    /// Opens what few need.
    open_others: bool,
    /// A mark of the answer that was shown, where others may change it at the same time.
    seen: Option<String>,
    meanwhile: Option<Meanwhile>,
    button: &'static str,
    #[serde(skip)]
    back_to: String,
}

impl QuestionPage {
    pub fn new(asked: Asked, form: Filled, options: Options) -> Self {
        Self {
            question: asked.question,
            action: asked.action,
            caption: asked.caption,
            choices: choices_of(asked.question, options),
            open_others: asked.question == Question::Numbers && uses_other_numbers(&form),
            form,
            seen: None,
            meanwhile: None,
            button: "Continue",
            back_to: asked.back_to,
        }
    }

    /// The same for a profile that others may change at the same time.
    pub fn among_others(self, seen: String, meanwhile: Option<Meanwhile>) -> Self {
        Self { seen: Some(seen), meanwhile, button: "Save", ..self }
    }
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "questions/question";
    fn title(&self) -> String {
        question_title(self.question).into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// The choices of a question that the database has.
pub fn options_of(conn: &mut DbConnection, question: Question) -> Result<Options> {
    Ok(match question {
        Question::Districts => Options::Districts(District::all(conn)?),
        Question::Activities => Options::Activities(Activity::all(conn)?),
        _ => Options::Fixed,
    })
}

/// Leaves out districts and activities that do not exist: a page of ours never sends them.
pub fn keep_known(conn: &mut DbConnection, answer: Answer) -> Result<Answer> {
    Ok(match answer {
        Answer::Districts(codes) => {
            let all = District::all(conn)?;
            Answer::Districts(codes.into_iter().filter(|code| all.iter().any(|d| d.code == *code)).collect())
        }
        Answer::Activities(ids) => {
            let all = Activity::all(conn)?;
            Answer::Activities(ids.into_iter().filter(|id| all.iter().any(|a| a.id == *id)).collect())
        }
        other => other,
    })
}

fn choices_of(question: Question, options: Options) -> Vec<Choice> {
    match (question, options) {
        (_, Options::Districts(all)) => all.iter().map(|d| Choice::new(d.code.as_str(), &d.name)).collect(),
        (_, Options::Activities(all)) => all.iter().map(|a| Choice::new(a.id.as_str(), &a.name)).collect(),
        (Question::LegalForm, _) => {
            LegalForm::ALL.iter().map(|f| Choice::new(f.as_str(), legal_form_name(*f))).collect()
        }
        (Question::Days, _) => Day::ALL.iter().map(|d| Choice::new(d.as_str(), day_name(*d))).collect(),
        (Question::Stage, _) => Stage::ALL.iter().map(|s| Choice::new(s.as_str(), stage_name(*s))).collect(),
        (Question::Numbers, _) => vec![Choice::new("yes", "We have none of these")],
        (Question::Languages, _) => Language::all().iter().map(|l| Choice::new(l.id.as_str(), &l.name)).collect(),
        (Question::Access, _) => Access::all().iter().map(|a| Choice::new(a.id.as_str(), &a.name)).collect(),
        _ => Vec::new(),
    }
}

/// Each question with made-up content.
pub fn samples() -> Vec<Sample> {
    let page = |question: Question, form: Filled| {
        let asked = Asked {
            question,
            action: "/organisations/the-hub/profile".into(),
            caption: "The Hub".into(),
            back_to: "/my".into(),
        };
        let options = match question {
            Question::Districts => Options::Districts(vec![District {
                code: "E06000018".into(),
                name: "Nottingham".into(),
                county: "Nottingham City".into(),
            }]),
            Question::Activities => Options::Activities(vec![Activity { id: "sport".into(), name: "Sport".into() }]),
            _ => Options::Fixed,
        };
        QuestionPage::new(asked, form, options)
    };
    let first_field = |question: Question| match question {
        Question::Name => "name",
        Question::LegalForm => "legal_form",
        Question::Numbers => "charity_number",
        Question::Description => "description",
        Question::Activities => "activities",
        Question::Ages => "min_age",
        Question::Days => "days",
        Question::Districts => "districts",
        Question::Postcode => "postcode",
        Question::SafeguardingLead => "lead_name",
        Question::Stage => "stage",
        Question::Languages => "languages",
        Question::Access => "access",
        Question::Contact => "website",
    };
    let others = ["company_number", "second_charity_number", "school_number", "provider_number", "authority_code"];
    let more = ["neither", "max_age", "lead_email", "access_note", "public_email", "phone"];
    let blank = || more.iter().fold(Filled::blank(&others), |form, name| form.with(name, ""));
    let mut samples: Vec<Sample> =
        Question::ALL.iter().map(|q| sample(&page(*q, blank().with_problem(first_field(*q), "Enter it")))).collect();
    let meanwhile = Meanwhile {
        who: Some("Rob Ward".into()),
        when: "3 November 2026 at 4:05pm".into(),
        text: "We open the hall on Fridays.".into(),
    };
    let form = blank().with("description", "We open the hall on Tuesdays.");
    samples.push(sample(&page(Question::Description, form).among_others("0a1b".into(), Some(meanwhile))));
    let published = Meanwhile { who: None, when: String::new(), text: String::new() };
    let form = blank().with("charity_number", "1123456").with("school_number", "122841");
    samples.push(sample(&page(Question::Numbers, form).among_others("0a1b".into(), Some(published))));
    samples
}
