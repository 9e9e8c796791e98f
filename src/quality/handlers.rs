//! The pages of a self-assessment. Each handler: who is asking, what they sent, one act, the next page.

use actix_web::HttpResponse;

use super::answer::{Answer, Saved, save_answer};
use super::assessment::Assessment;
use super::beside::{Beside, Looker};
use super::forms::{AnswerForm, Then};
use super::indicator_pages::{AnswerPage, IndicatorPage};
use super::pages::{self, AssessmentPage, Home, StartPage};
use super::progress::Sheet;
use super::signing_part::{Sealed, SealedPart};
use super::stale_pages::{StalePage, UnaskedPage};
use crate::accounts::Account;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::framework::{Framework, indicators_as_asked_last};
use crate::ids::IndicatorId;
use crate::organisations::{ApprovedContributor, ApprovedLead, ApprovedMember, MembershipRole};
use crate::web::{Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

/// The slug, and the word or id after it.
pub(super) type Child = Path<(String, String)>;

pub async fn show_assessment(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let latest = member.read(move |conn| Assessment::latest_of(conn, organisation)).await?;
    let is_lead = member.member.membership.role == MembershipRole::Lead;
    match latest {
        Some(assessment) if !assessment.is_concluded() => {
            let (sheet, sealed) = member
                .read(move |conn| {
                    let sheet = Sheet::of(conn, &assessment)?;
                    let sealed = Sealed::of(conn, &sheet)?;
                    Ok((sheet, sealed))
                })
                .await?;
            let home = Home::of(&member.organisation);
            let may_sign = matches!(member.member.membership.role, MembershipRole::Lead | MembershipRole::Signatory);
            let part = sealed.map(|sealed| SealedPart::new(&home, &sealed, member.account.id, may_sign));
            member.show(&AssessmentPage::new(&home, &sheet, is_lead).with_seal(part))
        }
        before => {
            let framework = member.read(Framework::in_force).await?;
            member.show(&StartPage::new(&Home::of(&member.organisation), &framework, before.as_ref(), is_lead))
        }
    }
}

pub async fn begin(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let organisation = lead.organisation.id;
    lead.act(move |act| Assessment::begin(act, organisation)).await?;
    Ok(redirect(Home::of(&lead.organisation).quality()))
}

pub async fn show_indicator(member: ApprovedMember, path: Child) -> Result<HttpResponse> {
    let (looker, id) = (Looker::member(&member), IndicatorId::from(path.1.as_str()));
    let asked = id.clone();
    let (sheet, beside) = member.read(move |conn| sheet_and_beside(conn, looker, &asked)).await?;
    let indicator = sheet.indicator_or_retired(&id)?;
    if sheet.is_open(indicator) && looker.may_change {
        let form = AnswerForm::filled_from(sheet.answer(indicator));
        let page = IndicatorPage::new(&Home::of(&member.organisation), &sheet, indicator, &beside)?;
        member.show(&page.with_answer(form))
    } else {
        member.show(&AnswerPage::new(&Home::of(&member.organisation), &sheet, indicator, &beside)?)
    }
}

pub async fn save(who: ApprovedContributor, path: Child, form: Submitted<AnswerForm>) -> Result<HttpResponse> {
    let id = IndicatorId::from(path.1.as_str());
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return refuse_answer(&who, id, form).await,
    };
    let (organisation, account, asked, said) = (who.organisation.id, who.account.id, id.clone(), form.said);
    let framework_seen = form.framework_seen;
    let (saved, next) = who
        .act(move |act| {
            let sheet = Sheet::latest_of(act.conn, organisation)?;
            if framework_seen.is_some_and(|seen| seen != sheet.framework.version.number) {
                return Ok((sheet.indicator(&asked).map_or(Saved::NotAsked, |_| Saved::Reworded), None));
            }
            let indicator = sheet.indicator(&asked)?;
            let saved = save_answer(act, &sheet, indicator, account, &said)?;
            Ok((saved, sheet.gap_after(indicator).map(|gap| gap.id.clone())))
        })
        .await?;
    match saved {
        Saved::Kept => Ok(after_saving(&Home::of(&who.organisation), &id, form.then, next.as_ref())),
        Saved::Reworded => refuse_answer(&who, id, filled.with_problem("judgement", pages::FRAMEWORK_RENEWED)).await,
        Saved::NotAsked => show_unasked(&who, id, filled).await,
        Saved::Stale(stored) => show_both(&who, id, stored, filled).await,
        Saved::ReasonMissing => refuse_answer(&who, id, filled.with_problem("narrative", pages::REASON_MISSING)).await,
        Saved::AppliesToAll => refuse_answer(&who, id, filled.with_problem("judgement", pages::APPLIES_TO_ALL)).await,
    }
}

fn sheet_and_beside(conn: &mut DbConnection, looker: Looker, indicator: &IndicatorId) -> Result<(Sheet, Beside)> {
    let sheet = Sheet::latest_of(conn, looker.organisation)?;
    let beside = Beside::lay_out(conn, looker, &sheet, indicator)?;
    Ok((sheet, beside))
}

fn after_saving(home: &Home<'_>, id: &IndicatorId, then: Then, next: Option<&IndicatorId>) -> HttpResponse {
    match (then, next) {
        (Then::AddEvidence, _) => redirect_with_notice(home.evidence_of(id), pages::ANSWER_SAVED),
        (Then::GoOn, Some(next)) => redirect_with_notice(home.indicator(next), pages::ANSWER_SAVED_NEXT),
        (Then::GoOn, None) => redirect_with_notice(home.quality(), pages::ALL_ANSWERED),
    }
}

async fn refuse_answer(who: &ApprovedContributor, id: IndicatorId, form: Filled) -> Result<HttpResponse> {
    refuse_with(who, id, |page, _| page.with_answer(form)).await
}

/// What was said of the record beside a question, with what is wrong with it.
pub(super) async fn refuse_record(who: &ApprovedContributor, id: IndicatorId, form: Filled) -> Result<HttpResponse> {
    refuse_with(who, id, |page, answer| page.with_answer(AnswerForm::filled_from(answer)).with_record(form)).await
}

pub(super) async fn refuse_evidence(who: &ApprovedContributor, id: IndicatorId, form: Filled) -> Result<HttpResponse> {
    refuse_with(who, id, |page, answer| page.with_answer(AnswerForm::filled_from(answer)).with_evidence(form)).await
}

/// A comment that cannot be taken as it is, also below an answer that is locked.
pub(super) async fn refuse_comment(who: &ApprovedContributor, id: IndicatorId, form: Filled) -> Result<HttpResponse> {
    let (looker, asked) = (Looker::contributor(who), id.clone());
    let (sheet, beside) = who.read(move |conn| sheet_and_beside(conn, looker, &asked)).await?;
    let (home, indicator) = (Home::of(&who.organisation), sheet.indicator_or_retired(&id)?);
    if !sheet.is_open(indicator) {
        return who.refuse(&AnswerPage::new(&home, &sheet, indicator, &beside)?.with_comment(form));
    }
    let page = IndicatorPage::new(&home, &sheet, indicator, &beside)?;
    who.refuse(&page.with_answer(AnswerForm::filled_from(sheet.answer(indicator))).with_comment(form))
}

async fn refuse_with(
    who: &ApprovedContributor,
    id: IndicatorId,
    fill_in: impl FnOnce(IndicatorPage, Option<&Answer>) -> IndicatorPage,
) -> Result<HttpResponse> {
    let (looker, asked) = (Looker::contributor(who), id.clone());
    let (sheet, beside) = who.read(move |conn| sheet_and_beside(conn, looker, &asked)).await?;
    let indicator = sheet.indicator(&id)?;
    if !sheet.is_open(indicator) {
        return Err(Error::Conflict);
    }
    let page = IndicatorPage::new(&Home::of(&who.organisation), &sheet, indicator, &beside)?;
    who.refuse(&fill_in(page, sheet.answer(indicator)))
}

/// What someone wrote for a question that is asked no more by now.
async fn show_unasked(who: &ApprovedContributor, id: IndicatorId, form: Filled) -> Result<HttpResponse> {
    let asked = who.read(move |conn| indicators_as_asked_last(conn, &[id])).await?;
    let indicator = asked.first().ok_or(Error::NotFound)?;
    who.refuse(&UnaskedPage::new(&Home::of(&who.organisation), indicator, form))
}

/// Two people wrote at once: both texts, to make one of.
async fn show_both(who: &ApprovedContributor, id: IndicatorId, stored: Answer, form: Filled) -> Result<HttpResponse> {
    let (organisation, other) = (who.organisation.id, stored.answered_by);
    let (sheet, by) =
        who.read(move |conn| Ok((Sheet::latest_of(conn, organisation)?, Account::find(conn, other)?.name))).await?;
    let indicator = sheet.indicator(&id)?;
    who.refuse(&StalePage::new(&Home::of(&who.organisation), &sheet, indicator, &stored, by, form))
}
