//! What people said in their own words: without names, without their organisation, and of no fewer than five people.

use diesel::prelude::*;
use serde::Serialize;

use super::picture::SectorPicture;
use crate::db::DbConnection;
use crate::db::schema::{skills_responses as responses, skills_words as words};
use crate::error::Result;
use crate::ids::{OpenQuestionId, RoundId, SkillsResponseId};
use crate::skills_audit::{Instrument, ResponseState, Round};
use crate::web::{Link, Page, Sample, sample};

const ON_A_PAGE: i64 = 50;

/// A page of what was said to one question.
pub struct SaidPage {
    pub question: OpenQuestionId,
    /// In alphabetical order, so that nobody is found by when they answered.
    pub said: Vec<String>,
    /// Where the next page begins, if there is one.
    pub next: Option<SkillsResponseId>,
}

impl SaidPage {
    pub fn after(conn: &mut DbConnection, round: RoundId, question: OpenQuestionId, after: &str) -> Result<Self> {
        let mut rows: Vec<(SkillsResponseId, String)> = words::table
            .inner_join(responses::table)
            .filter(responses::round_id.eq(round))
            .filter(responses::state.eq(ResponseState::Finished))
            .filter(words::question_id.eq(&question))
            .filter(words::response_id.gt(after))
            .order(words::response_id)
            .limit(ON_A_PAGE + 1)
            .select((words::response_id, words::words))
            .load(conn)?;
        let next = if rows.len() as i64 > ON_A_PAGE {
            rows.pop();
            rows.last().map(|(id, _)| *id)
        } else {
            None
        };
        let mut said: Vec<String> = rows.into_iter().map(|(_, words)| words).collect();
        said.sort_by_key(|words| words.to_lowercase());
        Ok(Self { question, said, next })
    }
}

/// What people said.
#[derive(Serialize)]
pub struct WordsPage {
    round: String,
    address: String,
    counted: bool,
    views: Vec<View>,
    question: Option<String>,
    said: Vec<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct View {
    text: String,
    address: String,
    current: bool,
}

impl WordsPage {
    pub fn new(round: &Round, picture: Option<&SectorPicture>, asked: &Instrument, said: Option<&SaidPage>) -> Self {
        let address = format!("/vrp/skills-audit/rounds/{}", round.id);
        let words = |id: &OpenQuestionId| asked.open_questions.iter().find(|open| open.id == *id);
        let views = picture.iter().flat_map(|picture| &picture.said).filter_map(|id| {
            Some(View {
                text: words(id)?.question.clone(),
                address: format!("{address}/words?question={id}"),
                current: said.is_some_and(|said| said.question == *id),
            })
        });
        Self {
            round: round.title.clone(),
            counted: picture.is_some(),
            views: views.collect(),
            question: said.and_then(|said| words(&said.question)).map(|open| open.question.clone()),
            said: said.map(|said| said.said.clone()).unwrap_or_default(),
            next: said
                .and_then(|said| Some(format!("{address}/words?question={}&after={}", said.question, said.next?))),
            address,
        }
    }
}

impl Page for WordsPage {
    const TEMPLATE: &'static str = "sector_skills/words";
    fn title(&self) -> String {
        "In people’s own words".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

/// With words and without.
pub fn samples() -> Vec<Sample> {
    let view = View {
        text: "What would help you most?".into(),
        address: "/vrp/skills-audit/rounds/1/words".into(),
        current: true,
    };
    let page = |counted, views, said: Vec<String>| WordsPage {
        round: "Skills audit 2026/27".into(),
        address: "/vrp/skills-audit/rounds/1".into(),
        counted,
        views,
        question: Some("What would help you most?".into()).filter(|_| !said.is_empty()),
        next: Some("/vrp/skills-audit/rounds/1/words?after=1".into()).filter(|_| !said.is_empty()),
        said,
    };
    vec![
        sample(&page(true, vec![view], vec!["A quiet room.".into()])),
        sample(&page(true, Vec::new(), Vec::new())),
        sample(&page(false, Vec::new(), Vec::new())),
    ]
}
