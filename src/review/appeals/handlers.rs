//! The pages of an organisation that appeals, and of those who answer.

use actix_web::HttpResponse;

use super::appeal::{Appeal, AppealState};
use super::contestable::{Contestable, Contested};
use super::forms::{AppealAnswerForm, LodgingForm};
use super::organisation_pages::{LODGED, LODGED_BEFORE, LodgingPage, OwnAppealsPage, appeals_address};
use super::pages::{AppealCase, AppealPage, AppealsPage, answered_notice};
use super::viewer::{AppealJudge, AppealReader};
use crate::error::{Error, Result};
use crate::organisations::{ApprovedMember, MembershipRole, MendingLead};
use crate::review::interests::Ties;
use crate::web::{Filled, Path, Submitted, redirect_with_notice};

pub async fn show_own_appeals(member: ApprovedMember) -> Result<HttpResponse> {
    let (id, today) = (member.organisation.id, member.today());
    let (own, open) =
        member.read(move |conn| Ok((Appeal::all_of(conn, id)?, Contestable::all_of(conn, id, today)?))).await?;
    let is_lead = member.member.membership.role == MembershipRole::Lead;
    member.show(&OwnAppealsPage::new(&member.organisation, &own, &open, is_lead))
}

pub async fn show_lodging(lead: MendingLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let contested = look_for(&lead, &path.1).await?.ok_or(Error::NotFound)?;
    lead.show(&LodgingPage::new(&lead.organisation, &contested, Filled::blank(LodgingForm::FIELDS)))
}

pub async fn lodge_appeal(
    lead: MendingLead,
    path: Path<(String, String)>,
    form: Submitted<LodgingForm>,
) -> Result<HttpResponse> {
    let home = appeals_address(&lead.organisation);
    let Some(contested) = look_for(&lead, &path.1).await? else {
        return Ok(redirect_with_notice(home, LODGED_BEFORE));
    };
    let grounds = match form.parsed() {
        Ok((form, _)) => form.grounds,
        Err(form) => return lead.refuse(&LodgingPage::new(&lead.organisation, &contested, form)),
    };
    let (by, organisation) = (lead.account.id, lead.organisation.clone());
    let lodged = lead.act(move |act| Appeal::lodge(act, by, &organisation, &contested, grounds.as_str())).await?;
    Ok(redirect_with_notice(home, if lodged.is_some() { LODGED } else { LODGED_BEFORE }))
}

pub async fn show_appeals(reader: AppealReader) -> Result<HttpResponse> {
    let (me, now, today) = (reader.account.id, reader.now(), reader.today());
    let page = reader
        .read(move |conn| Ok(AppealsPage::new(&Appeal::waiting(conn)?, &Ties::of(conn, me, now)?, me, today)))
        .await?;
    reader.show(&page)
}

pub async fn show_appeal(judge: AppealJudge) -> Result<HttpResponse> {
    let page = lay_out(&judge, Filled::blank(AppealAnswerForm::FIELDS)).await?;
    judge.show(&page)
}

pub async fn answer_appeal(judge: AppealJudge, form: Submitted<AppealAnswerForm>) -> Result<HttpResponse> {
    if judge.appeal.state() != AppealState::Waiting {
        return Err(Error::Conflict);
    }
    let answer = match form.parsed() {
        Ok((answer, _)) => answer,
        Err(form) => {
            let page = lay_out(&judge, form).await?;
            return judge.refuse(&page);
        }
    };
    let (appeal, eyes, upheld) = (judge.appeal.clone(), judge.eyes, answer.upheld);
    judge.act(move |act| appeal.answer(act, eyes, answer.upheld, answer.reasons.as_str())).await?;
    Ok(redirect_with_notice("/review/appeals", answered_notice(upheld)))
}

async fn look_for(lead: &MendingLead, which: &str) -> Result<Option<Contestable>> {
    let which = Contested::parse(which).ok_or(Error::NotFound)?;
    let (id, today) = (lead.organisation.id, lead.today());
    lead.read(move |conn| Contestable::find(conn, id, which, today)).await
}

async fn lay_out(judge: &AppealJudge, form: Filled) -> Result<AppealPage> {
    let (appeal, organisation) = (judge.appeal.clone(), judge.organisation.clone());
    judge.read(move |conn| Ok(AppealPage::new(&AppealCase::of(conn, appeal, organisation)?, form))).await
}
