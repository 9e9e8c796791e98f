//! A young person's form. Nobody signs in, and what they have said so far travels with them: nothing is kept before the end.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::answer::{HandedIn, NewAnswers, Said, Slip, hand_in};
use super::forms::{Press, SayForm};
use super::heard::RoundHeard;
use super::question::Asked;
use super::reply::Reply;
use super::round::VoiceRound;
use super::say_pages::{EndPage, LastPage, OverPage, QuestionPage, StartPage, ThanksPage};
use crate::accounts::Visitor;
use crate::error::{Error, Result};
use crate::organisations::Organisation;
use crate::web::{Attempt, Path, Submitted};

/// The form of one round.
struct Form {
    round: VoiceRound,
    organisation: Organisation,
    asked: Vec<Asked>,
}

pub async fn show_form(visitor: Visitor, code: Path<String>) -> Result<HttpResponse> {
    let form = find_form(&visitor, &code).await?;
    if !form.round.takes_answers(visitor.today()) {
        return show_what_came_of_it(&visitor, form).await;
    }
    if form.round.is_full() {
        return visitor.show(&EndPage::full(&form.organisation.name));
    }
    visitor.show(&StartPage::new(&form.organisation.name, &form.round.code, form.asked.len(), &Slip::new()))
}

pub async fn go_on(visitor: Visitor, code: Path<String>, form: Submitted<SayForm>) -> Result<HttpResponse> {
    let Form { round, organisation, asked } = find_form(&visitor, &code).await?;
    let (SayForm { slip, mut said, press }, _) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(filled) => return visitor.refuse(&LastPage::new(&organisation.name, &round.code, asked.len(), filled)),
    };
    match press {
        Press::Begin => said = Said::default(),
        Press::Answer(answer) => said.0.push(answer),
        Press::Back => drop(said.0.pop()),
        Press::Send { age, words } => return send(&visitor, round, NewAnswers { slip, said, age, words }).await,
    }
    match asked.get(said.0.len()) {
        Some(question) => visitor.show(&QuestionPage::new(&round.code, (question, asked.len()), &said, &slip)),
        None => visitor.show(&LastPage::after(&organisation.name, &round.code, asked.len(), &said, &slip)),
    }
}

async fn send(visitor: &Visitor, round: VoiceRound, new: NewAnswers) -> Result<HttpResponse> {
    visitor.count_attempt(Attempt::Saying, &round.code)?;
    let organisation = round.organisation_id;
    let organisation = visitor.read(move |conn| Organisation::find(conn, organisation)).await?;
    let code = round.code.clone();
    match visitor.act(move |act| hand_in(act, &code, &new)).await? {
        HandedIn::Counted => visitor.show(&ThanksPage::new(&organisation.name, &round)),
        HandedIn::Full => visitor.answer(StatusCode::CONFLICT, &EndPage::full(&organisation.name)),
        HandedIn::Over => visitor.answer(StatusCode::CONFLICT, &EndPage::over(&organisation.name)),
    }
}

async fn show_what_came_of_it(visitor: &Visitor, form: Form) -> Result<HttpResponse> {
    let round = form.round.clone();
    let (heard, replies) =
        visitor.read(move |conn| Ok((RoundHeard::of(conn, &round)?, Reply::in_round(conn, round.id)?))).await?;
    visitor.show(&OverPage::new(&form.organisation.name, &form.round, heard.as_ref(), &replies))
}

/// An organisation that is closed, or not approved, asks nobody.
async fn find_form(visitor: &Visitor, code: &str) -> Result<Form> {
    let code = code.to_owned();
    visitor
        .read(move |conn| {
            let round = VoiceRound::with_code(conn, &code)?;
            let organisation = Organisation::find(conn, round.organisation_id)?;
            if !organisation.is_approved() || organisation.is_closed() {
                return Err(Error::NotFound);
            }
            let asked = Asked::in_round(conn, round.id)?;
            Ok(Form { round, organisation, asked })
        })
        .await
}
