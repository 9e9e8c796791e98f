//! Signing for the work, signing for those who govern, taking back and withdrawing.

use actix_web::HttpResponse;

use super::assessment::Assessment;
use super::forms::{CountersignForm, SubmissionForm};
use super::pages::{self, Home};
use super::progress::Sheet;
use super::signing::{Signed, who_may_countersign};
use super::signing_part::{CountersignPage, GOVERNANCE, Sealed};
use super::submission_page::{DECLARATION, SecondSide, SubmissionPage};
use crate::before_pledging::{Leave, LeaveKind};
use crate::error::{Error, Result};
use crate::organisations::{ApprovedLead, ApprovedSignatory};
use crate::web::{Filled, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_submission(lead: ApprovedLead) -> Result<HttpResponse> {
    let (sheet, second) = sheet_and_second(&lead).await?;
    if !sheet.assessment.is_with_organisation() {
        return Ok(redirect(Home::of(&lead.organisation).quality()));
    }
    let form = Filled::blank(SubmissionForm::FIELDS);
    let page = SubmissionPage::new(&Home::of(&lead.organisation), &sheet, form, lead.today());
    lead.show(&page.with_second_side(second))
}

pub async fn submit(lead: ApprovedLead, form: Submitted<SubmissionForm>) -> Result<HttpResponse> {
    let (sheet, second) = sheet_and_second(&lead).await?;
    let home = Home::of(&lead.organisation);
    if !sheet.assessment.is_with_organisation() {
        return Ok(redirect(home.quality()));
    }
    if let Err(form) = form.parsed() {
        let page = SubmissionPage::new(&home, &sheet, form, lead.today());
        return lead.refuse(&page.with_second_side(second));
    }
    let (assessment, by) = (sheet.assessment.clone(), lead.account.clone());
    let problem = match lead.act(move |act| assessment.sign_for_the_work(act, &by, DECLARATION)).await? {
        Signed::Sent => return Ok(redirect_with_notice(home.quality(), pages::SUBMITTED)),
        Signed::Sealed => return Ok(redirect_with_notice(home.quality(), pages::SEALED)),
        Signed::SomethingLeft => ("left", pages::SOMETHING_LEFT),
        Signed::NobodyGoverns => ("declaration", pages::NOBODY_GOVERNS),
    };
    let (sheet, second) = sheet_and_second(&lead).await?;
    let form = Filled::blank(SubmissionForm::FIELDS).with_problem(problem.0, problem.1);
    lead.refuse(&SubmissionPage::new(&home, &sheet, form, lead.today()).with_second_side(second))
}

pub async fn show_countersignature(who: ApprovedSignatory) -> Result<HttpResponse> {
    let (sheet, sealed) = sheet_and_seal(&who).await?;
    match sealed.filter(|sealed| sealed.waits_for(who.account.id)) {
        None => Ok(redirect(Home::of(&who.organisation).quality())),
        Some(sealed) => {
            let form = Filled::blank(SubmissionForm::FIELDS);
            who.show(&CountersignPage::new(&Home::of(&who.organisation), &sheet, &sealed, form))
        }
    }
}

pub async fn countersign(who: ApprovedSignatory, form: Submitted<CountersignForm>) -> Result<HttpResponse> {
    let (sheet, sealed) = sheet_and_seal(&who).await?;
    let home = Home::of(&who.organisation);
    let Some(sealed) = sealed.filter(|sealed| sealed.waits_for(who.account.id)) else {
        return Ok(redirect(home.quality()));
    };
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return who.refuse(&CountersignPage::new(&home, &sheet, &sealed, form)),
    };
    let (assessment, by) = (sheet.assessment.clone(), who.account.clone());
    who.act(move |act| assessment.sign_for_governance(act, &by, &form.seen, GOVERNANCE)).await?;
    Ok(redirect_with_notice(home.quality(), pages::SUBMITTED))
}

pub async fn take_back(who: ApprovedSignatory, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let organisation = who.organisation.id;
    who.act(move |act| Assessment::latest_of(act.conn, organisation)?.ok_or(Error::NotFound)?.take_back(act)).await?;
    Ok(redirect_with_notice(Home::of(&who.organisation).quality(), pages::TAKEN_BACK))
}

pub async fn withdraw(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let organisation = lead.organisation.id;
    lead.act(move |act| Assessment::latest_of(act.conn, organisation)?.ok_or(Error::NotFound)?.withdraw(act)).await?;
    Ok(redirect_with_notice(Home::of(&lead.organisation).quality(), pages::TAKEN_BACK))
}

async fn sheet_and_second(lead: &ApprovedLead) -> Result<(Sheet, SecondSide)> {
    let (organisation, account) = (lead.organisation.id, lead.account.id);
    lead.read(move |conn| {
        let sheet = Sheet::latest_of(conn, organisation)?;
        let others = who_may_countersign(conn, &sheet.assessment, account)?.into_iter().map(|who| who.name).collect();
        let one_signs = Leave::standing_of(conn, organisation, LeaveKind::OneSignatory)?.is_some();
        Ok((sheet, SecondSide { others, one_signs }))
    })
    .await
}

async fn sheet_and_seal(who: &ApprovedSignatory) -> Result<(Sheet, Option<Sealed>)> {
    let organisation = who.organisation.id;
    who.read(move |conn| {
        let sheet = Sheet::latest_of(conn, organisation)?;
        let sealed = Sealed::of(conn, &sheet)?;
        Ok((sheet, sealed))
    })
    .await
}
