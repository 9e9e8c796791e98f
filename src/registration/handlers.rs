//! The registration's pages. Each handler: who is asking, what they sent, one act, the next page.

use actix_web::HttpResponse;

use super::forms::RequestForm;
use super::pages::{self, AnswersPage, ReviewPage, SentPage, WaitingPage};
use super::{asked_in_registration, first_open, question_address};
use crate::accounts::{SignedIn, Steward};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::organisations::{OrgLead, OrgMember, Organisation, OrganisationState, Profile, Question};
use crate::questions::{Asked, NameForm, Options, QuestionForm, QuestionPage, keep_known, options_of};
use crate::web::{Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_beginning(viewer: SignedIn) -> Result<HttpResponse> {
    viewer.show(&beginning(Filled::blank(&["name"])))
}

pub async fn begin(viewer: SignedIn, form: Submitted<NameForm>) -> Result<HttpResponse> {
    let name = match form.parsed() {
        Ok((form, _)) => form.name.into_string(),
        Err(form) => return viewer.refuse(&beginning(form)),
    };
    let account = viewer.account.clone();
    let organisation = viewer.act(move |act| Organisation::begin(act, account.id, &account.name, &name)).await?;
    Ok(redirect(question_address(&organisation.slug, Question::LegalForm)))
}

pub async fn show_question<F: QuestionForm>(lead: OrgLead) -> Result<HttpResponse> {
    if !lead.organisation.is_being_registered() {
        return Ok(redirect(answers_address(&lead.organisation)));
    }
    let organisation = lead.organisation.clone();
    let (profile, options) =
        lead.read(move |conn| Ok((Profile::of(conn, organisation)?, options_of(conn, F::QUESTION)?))).await?;
    lead.show(&QuestionPage::new(asked_in_registration(&lead.organisation, F::QUESTION), F::filled(&profile), options))
}

pub async fn answer_question<F: QuestionForm>(lead: OrgLead, form: Submitted<F>) -> Result<HttpResponse> {
    let organisation = lead.organisation.clone();
    match form.parsed() {
        Ok((form, _)) => {
            let answer = form.into_answer();
            let open = lead
                .act(move |act| {
                    let answer = keep_known(act.conn, answer)?;
                    organisation.answer(act, answer)?;
                    let fresh = Organisation::find(act.conn, organisation.id)?;
                    Ok(first_open(&Profile::of(act.conn, fresh)?))
                })
                .await?;
            let next = open.map(|question| question_address(&lead.organisation.slug, question));
            Ok(redirect(next.unwrap_or_else(|| answers_address(&lead.organisation))))
        }
        Err(form) => {
            let options = lead.read(|conn| options_of(conn, F::QUESTION)).await?;
            lead.refuse(&QuestionPage::new(asked_in_registration(&organisation, F::QUESTION), form, options))
        }
    }
}

pub async fn show_answers(member: OrgMember) -> Result<HttpResponse> {
    let organisation = member.organisation.clone();
    let profile = member.read(move |conn| Profile::of(conn, organisation)).await?;
    match first_open(&profile) {
        Some(question) if member.organisation.is_being_registered() => {
            Ok(redirect(question_address(&member.organisation.slug, question)))
        }
        _ => member.show(&AnswersPage::new(&profile, Vec::new())),
    }
}

pub async fn submit(lead: OrgLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let organisation = lead.organisation.clone();
    let profile = lead.read(move |conn| Profile::of(conn, organisation)).await?;
    if let Some(question) = first_open(&profile) {
        return Ok(redirect(question_address(&lead.organisation.slug, question)));
    }
    let organisation = lead.organisation.clone();
    match lead.act(move |act| organisation.submit(act)).await? {
        Some(()) => Ok(redirect(format!("{}/sent", answers_address(&lead.organisation)))),
        None => lead.refuse(&AnswersPage::number_taken(&profile)),
    }
}

pub async fn show_sent(member: OrgMember) -> Result<HttpResponse> {
    member.show(&SentPage::new(&member.organisation))
}

pub async fn show_waiting(steward: Steward) -> Result<HttpResponse> {
    let waiting = steward.read(Organisation::waiting_for_approval).await?;
    steward.show(&WaitingPage::new(&waiting, steward.now()))
}

pub async fn show_registration(steward: Steward, slug: Path<String>) -> Result<HttpResponse> {
    let profile = steward.read(move |conn| find_submitted(conn, &slug)).await?;
    steward.show(&ReviewPage::new(&profile, Filled::blank(RequestForm::FIELDS)))
}

pub async fn approve(steward: Steward, slug: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let approved = steward
        .act(move |act| {
            let profile = find_submitted(act.conn, &slug)?;
            profile.organisation.approve(act)?;
            Ok(profile.organisation.name)
        })
        .await?;
    Ok(redirect_with_notice("/vrp/registrations", &pages::approved_notice(&approved)))
}

pub async fn ask_for_more(steward: Steward, slug: Path<String>, form: Submitted<RequestForm>) -> Result<HttpResponse> {
    let slug = slug.into_inner();
    match form.parsed() {
        Ok((form, _)) => {
            steward
                .act(move |act| {
                    let profile = find_submitted(act.conn, &slug)?;
                    profile.organisation.ask_for_more(act, form.request.as_str())
                })
                .await?;
            Ok(redirect_with_notice("/vrp/registrations", pages::MORE_ASKED))
        }
        Err(form) => {
            let profile = steward.read(move |conn| find_submitted(conn, &slug)).await?;
            match profile.organisation.state() {
                OrganisationState::Submitted => steward.refuse(&ReviewPage::new(&profile, form)),
                // Someone approved it meanwhile: there is no form to show again.
                _ => Err(Error::Conflict),
            }
        }
    }
}

/// A registration as the VRP may see it: once it has been submitted.
fn find_submitted(conn: &mut DbConnection, slug: &str) -> Result<Profile> {
    let organisation = Organisation::find_by_slug(conn, slug)?;
    if organisation.state() == OrganisationState::Draft {
        return Err(Error::NotFound);
    }
    Profile::of(conn, organisation)
}

fn answers_address(organisation: &Organisation) -> String {
    format!("/organisations/{}/registration", organisation.slug)
}

/// The first question, before there is an organisation.
fn beginning(form: Filled) -> QuestionPage {
    let asked = Asked {
        question: Question::Name,
        action: "/organisations/new".into(),
        caption: "Register your organisation".into(),
        back_to: "/my".into(),
    };
    QuestionPage::new(asked, form, Options::Fixed)
}
