//! The VRP rewords what young people are asked.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::forms::QuestionForm;
use super::question::{VoiceQuestion, reword_question};
use super::questions_page::{self, QUESTIONS, QuestionsPage, RewordingPage};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::ids::VoiceQuestionId;
use crate::web::{Path, Submitted, redirect_with_notice};

pub async fn show_questions(steward: Steward) -> Result<HttpResponse> {
    let questions = steward.read(VoiceQuestion::all).await?;
    steward.show(&QuestionsPage::new(&questions))
}

pub async fn show_question(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let question = find_question(&steward, &id).await?;
    steward.show(&RewordingPage::of(&question))
}

pub async fn reword(steward: Steward, id: Path<String>, form: Submitted<QuestionForm>) -> Result<HttpResponse> {
    let question = find_question(&steward, &id).await?;
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return steward.refuse(&RewordingPage::new(&question, form)),
    };
    let QuestionForm { words, is_asked, seen } = form;
    let id = question.id.clone();
    match steward.act(move |act| reword_question(act, &id, &seen, words.as_str(), is_asked)).await {
        Ok(Some(())) => Ok(redirect_with_notice(QUESTIONS, questions_page::REWORDED)),
        Ok(None) => {
            let question = find_question(&steward, question.id.as_str()).await?;
            let filled = filled.with_problem("words", questions_page::CHANGED_MEANWHILE);
            steward.answer(StatusCode::CONFLICT, &RewordingPage::new(&question, filled))
        }
        Err(Error::Conflict) => {
            let filled = filled.with_problem("asked", questions_page::ONE_AT_LEAST);
            steward.refuse(&RewordingPage::new(&question, filled))
        }
        Err(other) => Err(other),
    }
}

async fn find_question(steward: &Steward, id: &str) -> Result<VoiceQuestion> {
    let id = VoiceQuestionId::from(id);
    steward.read(move |conn| VoiceQuestion::find(conn, &id)).await
}
