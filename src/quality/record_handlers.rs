//! Taking what the portal knows as evidence, or saying why not.

use actix_web::HttpResponse;

use super::answer::hold_open;
use super::forms::RecordForm;
use super::handlers::{Child, refuse_record};
use super::pages::{self, Home};
use super::progress::Sheet;
use crate::error::{Error, Result};
use crate::ids::IndicatorId;
use crate::live_records::{Facts, NewVerdict, judge_record, rules_of, say_working};
use crate::organisations::ApprovedContributor;
use crate::web::{Submitted, redirect_with_notice};

pub async fn judge(who: ApprovedContributor, path: Child, form: Submitted<RecordForm>) -> Result<HttpResponse> {
    let id = IndicatorId::from(path.1.as_str());
    let back = Home::of(&who.organisation).indicator(&id);
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return refuse_record(&who, id, form).await,
    };
    let (organisation, by) = (who.organisation.clone(), who.account.id);
    let kept = who
        .act(move |act| {
            let sheet = Sheet::latest_of(act.conn, organisation.id)?;
            let indicator = sheet.indicator(&id)?;
            hold_open(act, &sheet.assessment, &indicator.id)?;
            let rule = *rules_of(act.conn)?.get(&id).ok_or(Error::NotFound)?;
            let today = act.today();
            let working = Facts::of(&organisation, today).working(act.conn, rule)?;
            let shown = say_working(&working);
            if shown != form.shown {
                return Ok(false);
            }
            let new = NewVerdict { verdict: form.verdict, shown, reason: form.reason };
            judge_record(act, (sheet.assessment.id, &id, organisation.id), by, &working, new)?;
            Ok(true)
        })
        .await?;
    Ok(redirect_with_notice(back, if kept { pages::RECORD_JUDGED } else { pages::RECORD_CHANGED }))
}
