//! The indicators of the draft: adding one, looking at it, choosing what is not written, its place, splitting, retiring and
//! putting it back.

use actix_web::HttpResponse;

use super::choice_page::{ChoicePage, WhatIsChosen};
use super::forms::{ChoiceForm, NewForm, PlaceForm, SeenForm, SplitForm};
use super::handlers::seen_now;
use super::indicator_page::{IndicatorPage, NewIndicatorPage, SplitPage};
use super::pages::{self, DRAFT};
use super::standard_handlers::ID_TAKEN;
use super::texts::{indicator_address, standard_address};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::framework::{
    Added, add_indicator, choose_in_draft, move_indicator, put_indicator_back, retire_indicator, split_indicator,
};
use crate::ids::{IndicatorId, StandardId};
use crate::web::{Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_new(steward: Steward, standard: Path<String>) -> Result<HttpResponse> {
    let seen = seen_now(&steward).await?;
    let standard = seen.draft.standard(&StandardId::from(standard.as_str()))?;
    steward.show(&NewIndicatorPage::new(standard, Filled::blank(NewForm::FIELDS)))
}

pub async fn add(steward: Steward, standard: Path<String>, form: Submitted<NewForm>) -> Result<HttpResponse> {
    let standard = StandardId::from(standard.as_str());
    let seen = seen_now(&steward).await?;
    let form = match form.parsed() {
        Ok((new, filled)) => {
            let (within, id) = (standard.clone(), IndicatorId::from(new.id.as_str()));
            let asked = id.clone();
            match steward.act(move |act| add_indicator(act, &within, &asked, &new.words)).await? {
                Added::Yes => return Ok(redirect(indicator_address(&id))),
                Added::IdTaken(_) => filled.with_problem("id", ID_TAKEN),
            }
        }
        Err(form) => form,
    };
    steward.refuse(&NewIndicatorPage::new(seen.draft.standard(&standard)?, form))
}

pub async fn show(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let seen = seen_now(&steward).await?;
    let compared = seen.comparison.compared(&IndicatorId::from(id.as_str())).ok_or(Error::NotFound)?;
    steward.show(&IndicatorPage::new(&seen, compared)?)
}

pub async fn put_in_place(steward: Steward, id: Path<String>, form: Submitted<PlaceForm>) -> Result<HttpResponse> {
    let id = IndicatorId::from(id.as_str());
    let seen = seen_now(&steward).await?;
    let home = seen.draft.framework.indicator(&id).map(|indicator| standard_address(&indicator.standard_id));
    if let Ok((PlaceForm(direction), _)) = form.parsed() {
        steward.act(move |act| move_indicator(act, &id, direction)).await?;
    }
    Ok(redirect(home?))
}

pub async fn retire(steward: Steward, id: Path<String>, form: Submitted<SeenForm>) -> Result<HttpResponse> {
    let id = IndicatorId::from(id.as_str());
    let mark = form.parsed().map(|(form, _)| form.mark_seen).unwrap_or_default();
    steward.act(move |act| retire_indicator(act, &id, &mark)).await?;
    Ok(redirect_with_notice(DRAFT, pages::RETIRED))
}

pub async fn put_back(steward: Steward, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = IndicatorId::from(id.as_str());
    steward.act(move |act| put_indicator_back(act, &id)).await?;
    Ok(redirect_with_notice(DRAFT, pages::PUT_BACK))
}

pub async fn show_split(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let seen = seen_now(&steward).await?;
    let indicator = seen.draft.framework.indicator(&IndicatorId::from(id.as_str()))?;
    let form = Filled::blank(SplitForm::FIELDS).with("seen", indicator.mark());
    steward.show(&SplitPage::new(indicator, form))
}

pub async fn split(steward: Steward, id: Path<String>, form: Submitted<SplitForm>) -> Result<HttpResponse> {
    let id = IndicatorId::from(id.as_str());
    let seen = seen_now(&steward).await?;
    let form = match form.parsed() {
        Ok((SplitForm { first, second, mark_seen }, filled)) => {
            let (asked, first_id) = (id.clone(), first.0.clone());
            let parts = [first, second].map(|(id, question)| (IndicatorId::from(id.as_str()), question));
            match steward.act(move |act| split_indicator(act, &asked, &mark_seen, parts)).await? {
                Added::Yes => {
                    let first = indicator_address(&IndicatorId::from(first_id.as_str()));
                    return Ok(redirect_with_notice(first, pages::SPLIT));
                }
                Added::IdTaken(taken) => {
                    // Where both are the same, the second is to be another.
                    let is_second = taken != first_id || filled.field("second_id").value == first_id;
                    filled.with_problem(if is_second { "second_id" } else { "first_id" }, ID_TAKEN)
                }
            }
        }
        Err(form) => form,
    };
    steward.refuse(&SplitPage::new(seen.draft.framework.indicator(&id)?, form))
}

pub async fn show_choice(steward: Steward, path: Path<(String, String)>) -> Result<HttpResponse> {
    let what = WhatIsChosen::parse(&path.1).ok_or(Error::NotFound)?;
    let seen = seen_now(&steward).await?;
    let indicator = seen.draft.framework.indicator(&IndicatorId::from(path.0.as_str()))?;
    steward.show(&ChoicePage::new(&seen, indicator, what, what.as_chosen(indicator)))
}

pub async fn choose(
    steward: Steward,
    path: Path<(String, String)>,
    form: Submitted<ChoiceForm>,
) -> Result<HttpResponse> {
    let what = WhatIsChosen::parse(&path.1).ok_or(Error::NotFound)?;
    let id = IndicatorId::from(path.0.as_str());
    let seen = seen_now(&steward).await?;
    let indicator = seen.draft.framework.indicator(&id)?;
    let (typed, filled) = form.parsed().map_err(|_| Error::Unreadable)?;
    let Some(chosen) = what.read(&seen, &typed) else {
        let form = filled.with_problem("choice", what.missing());
        return steward.refuse(&ChoicePage::new(&seen, indicator, what, form));
    };
    let asked = id.clone();
    steward.act(move |act| choose_in_draft(act, &asked, chosen, &typed.mark_seen)).await?;
    Ok(redirect(indicator_address(&id)))
}
