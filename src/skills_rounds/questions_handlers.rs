//! The VRP's questions: what is asked, and how it changes.

use actix_web::HttpResponse;

use super::forms::SkillForm;
use super::questions_page::{self, QuestionPage, QuestionsPage};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::ids::SkillId;
use crate::skills_audit::{Instrument, Revision, Round, bring_back_skill, retire_skill, retired_skills, reword_skill};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

const HOME: &str = "/vrp/skills-audit/questions";

pub async fn show_questions(steward: Steward) -> Result<HttpResponse> {
    let (instrument, retired, revisions, open) = steward
        .read(|conn| {
            let open = Round::open_now(conn)?.is_some();
            Ok((Instrument::load(conn)?, retired_skills(conn)?, Revision::all(conn)?, open))
        })
        .await?;
    steward.show(&QuestionsPage::new(&instrument, &retired, &revisions, open))
}

pub async fn show_question(steward: Steward, skill: Path<String>) -> Result<HttpResponse> {
    let (instrument, open) = load(&steward).await?;
    let asked = instrument.skill(&SkillId::from(skill.as_str())).ok_or(Error::NotFound)?;
    let form = Filled::default()
        .with("statement", &asked.statement)
        .with("standard", asked.standard.clone().unwrap_or_default());
    steward.show(&QuestionPage::new(asked, open, form))
}

pub async fn reword(steward: Steward, skill: Path<String>, form: Submitted<SkillForm>) -> Result<HttpResponse> {
    let (instrument, open) = load(&steward).await?;
    let asked = instrument.skill(&SkillId::from(skill.as_str())).ok_or(Error::NotFound)?;
    let form = match form.parsed() {
        Ok((form, filled)) => {
            let (id, by) = (asked.id.clone(), steward.account.id);
            let standard = form.standard.map(|code| code.into_string());
            let made = steward
                .act(move |act| reword_skill(act, &id, form.statement.as_str(), standard.as_deref(), by))
                .await?;
            if made.is_some() {
                return Ok(redirect_with_notice(HOME, questions_page::REWORDED));
            }
            filled.with_problem("statement", questions_page::NOT_WHILE_OPEN)
        }
        Err(form) => form,
    };
    steward.refuse(&QuestionPage::new(asked, open, form))
}

pub async fn retire(steward: Steward, skill: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (id, by) = (SkillId::from(skill.as_str()), steward.account.id);
    steward.act(move |act| retire_skill(act, &id, by)).await?;
    Ok(redirect_with_notice(HOME, questions_page::RETIRED))
}

pub async fn bring_back(steward: Steward, skill: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (id, by) = (SkillId::from(skill.as_str()), steward.account.id);
    let made = steward.act(move |act| bring_back_skill(act, &id, by)).await?;
    let notice = if made.is_some() { questions_page::BROUGHT_BACK } else { questions_page::NOT_WHILE_OPEN };
    Ok(redirect_with_notice(HOME, notice))
}

async fn load(steward: &Steward) -> Result<(Instrument, bool)> {
    steward.read(|conn| Ok((Instrument::load(conn)?, Round::open_now(conn)?.is_some()))).await
}
