//! Looking at the profile, changing an answer, publishing and taking back. Each handler: who is asking, what they sent,
//! one act, the next page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::forms::Marked;
use super::pages::{self, ChangesPage, ProfilePage, asked_in_profile, changes_address, meanwhile_of, profile_address};
use crate::error::{Error, Result};
use crate::organisations::{
    ApprovedMember, MembershipRole, MendingLead, Organisation, Publication, Question, Saved, WorkingProfile,
};
use crate::questions::{Options, QuestionForm, QuestionPage, keep_known, options_of};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_profile(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.clone();
    let profile = member.read(move |conn| WorkingProfile::of(conn, organisation)).await?;
    let is_lead = member.member.membership.role == MembershipRole::Lead;
    member.show(&ProfilePage::new(&profile, is_lead))
}

pub async fn show_profile_question<F: QuestionForm>(lead: MendingLead) -> Result<HttpResponse> {
    let (profile, options) = read_profile(&lead, F::QUESTION).await?;
    let form = F::filled(&profile.working);
    lead.show(&question_page::<F>(&profile, form, options, profile.mark_of(F::QUESTION)))
}

pub async fn change_profile_answer<F: QuestionForm>(
    lead: MendingLead,
    form: Submitted<Marked<F>>,
) -> Result<HttpResponse> {
    let (sent, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => {
            let (profile, options) = read_profile(&lead, F::QUESTION).await?;
            let seen = form.field("seen").value;
            return lead.refuse(&question_page::<F>(&profile, form, options, seen));
        }
    };
    let (organisation, by, answer) = (lead.organisation.clone(), lead.account.id, sent.form.into_answer());
    let saved = lead
        .act(move |act| {
            let answer = keep_known(act.conn, answer)?;
            organisation.change_answer(act, by, answer, &sent.seen)
        })
        .await?;
    let home = profile_address(&lead.organisation);
    match saved {
        Saved::Waiting => Ok(redirect_with_notice(home, pages::SAVED)),
        Saved::AsPublic => Ok(redirect_with_notice(home, pages::AS_PUBLIC)),
        Saved::NumberTaken => {
            let (profile, options) = read_profile(&lead, F::QUESTION).await?;
            let (seen, form) = (filled.field("seen").value, filled.with_problem("charity_number", pages::NUMBER_TAKEN));
            lead.refuse(&question_page::<F>(&profile, form, options, seen))
        }
        Saved::ChangedMeanwhile => {
            let (profile, options) = read_profile(&lead, F::QUESTION).await?;
            let (seen, meanwhile) = (profile.mark_of(F::QUESTION), meanwhile_of(&profile, F::QUESTION));
            let asked = asked_in_profile(&profile.public.organisation, F::QUESTION);
            let page = QuestionPage::new(asked, filled, options).among_others(seen, Some(meanwhile));
            lead.answer(StatusCode::CONFLICT, &page)
        }
    }
}

pub async fn show_profile_changes(lead: MendingLead) -> Result<HttpResponse> {
    let organisation = lead.organisation.clone();
    let profile = lead.read(move |conn| WorkingProfile::of(conn, organisation)).await?;
    lead.show(&ChangesPage::new(&profile, None))
}

pub async fn publish_profile(lead: MendingLead, form: Submitted<Marked<Pressed>>) -> Result<HttpResponse> {
    let seen = mark_sent(form)?;
    let organisation = lead.organisation.clone();
    let (status, problem) = match lead.act(move |act| organisation.publish_changes(act, &seen)).await? {
        Publication::Made => {
            return Ok(redirect_with_notice(profile_address(&lead.organisation), pages::PUBLISHED));
        }
        Publication::ChangedMeanwhile => (StatusCode::CONFLICT, pages::LOOK_AGAIN),
        Publication::NumberTaken => (StatusCode::UNPROCESSABLE_ENTITY, pages::NUMBER_TAKEN),
    };
    let organisation = lead.organisation.clone();
    let profile = lead.read(move |conn| WorkingProfile::of(conn, organisation)).await?;
    lead.answer(status, &ChangesPage::new(&profile, Some(problem)))
}

pub async fn discard_all_changes(lead: MendingLead, form: Submitted<Marked<Pressed>>) -> Result<HttpResponse> {
    let (organisation, seen) = (lead.organisation.clone(), mark_sent(form)?);
    lead.act(move |act| organisation.discard_changes(act, &seen)).await?;
    Ok(redirect_with_notice(profile_address(&lead.organisation), pages::ALL_DISCARDED))
}

pub async fn discard_one_change(
    lead: MendingLead,
    path: Path<(String, String)>,
    form: Submitted<Marked<Pressed>>,
) -> Result<HttpResponse> {
    let question = Question::parse(&path.1).ok_or(Error::NotFound)?;
    let (organisation, seen) = (lead.organisation.clone(), mark_sent(form)?);
    let left = lead
        .act(move |act| {
            organisation.discard_change(act, question, &seen)?;
            let fresh = Organisation::find(act.conn, organisation.id)?;
            Ok(WorkingProfile::of(act.conn, fresh)?.changes.len())
        })
        .await?;
    let next = if left == 0 { profile_address(&lead.organisation) } else { changes_address(&lead.organisation) };
    Ok(redirect_with_notice(next, pages::DISCARDED))
}

async fn read_profile(lead: &MendingLead, question: Question) -> Result<(WorkingProfile, Options)> {
    let organisation = lead.organisation.clone();
    lead.read(move |conn| Ok((WorkingProfile::of(conn, organisation)?, options_of(conn, question)?))).await
}

fn question_page<F: QuestionForm>(
    profile: &WorkingProfile,
    form: Filled,
    options: Options,
    seen: String,
) -> QuestionPage {
    let asked = asked_in_profile(&profile.public.organisation, F::QUESTION);
    QuestionPage::new(asked, form, options).among_others(seen, None)
}

fn mark_sent(form: Submitted<Marked<Pressed>>) -> Result<String> {
    form.parsed().map(|(sent, _)| sent.seen).map_err(|_| Error::Conflict)
}
