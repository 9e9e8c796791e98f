//! A person's own audit, the picture an organisation sees, and the rounds that the VRP opens and closes.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::forms::{BarriersForm, GroupForm, RoundForm, Then};
use super::instrument::{Instrument, Round, close_round, open_round};
use super::outcome_pages::{self, PicturePage, ResultsPage, RoundsPage};
use super::pages::{self, BarriersPage, Body, ChoicePage, ClosedPage, GroupPage, StartPage, TaskListPage};
use super::picture::Picture;
use super::response::{Response, answer_group, begin, finish, name_barriers};
use super::results::Results;
use crate::accounts::{SignedIn, Steward};
use crate::error::{Error, Result};
use crate::ids::RoundId;
use crate::organisations::{ApprovedMember, MembershipRole, find_person_of, organisations_of};
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect, redirect_with_notice};

pub async fn choose_organisation(person: SignedIn) -> Result<HttpResponse> {
    let account = person.account.id;
    let (mine, begun) = person
        .read(move |conn| {
            let mine: Vec<_> = organisations_of(conn, account)?.into_iter().map(|(body, _)| body).collect();
            let begun = match (Round::open_now(conn)?, find_person_of(conn, account)?) {
                (Some(round), Some(person)) => Response::all_of_person(conn, round.id, person.id)?,
                _ => Vec::new(),
            };
            Ok((mine, begun))
        })
        .await?;
    let approved: Vec<_> =
        mine.into_iter().filter(|organisation| organisation.is_approved() && !organisation.is_closed()).collect();
    match &approved[..] {
        [only] => Ok(redirect(Body::from(only).address())),
        _ => person.show(&ChoicePage::new(&approved, &begun)),
    }
}

pub async fn show_own_audit(member: ApprovedMember) -> Result<HttpResponse> {
    if !is_round_open(&member).await? {
        return member.show(&closed_page(&member).await?);
    }
    let body = Body::from(&member.organisation);
    match task_list(&member).await? {
        Some(page) => member.show(&page),
        None => member.show(&StartPage::new(&body, &member.read(Instrument::load).await?)),
    }
}

pub async fn begin_audit(member: ApprovedMember, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (organisation, person) = (member.organisation.id, member.member.person.id);
    let first = member
        .act(move |act| {
            let Some(round) = Round::open_now(act.conn)? else {
                return Ok(None);
            };
            begin(act, round.id, organisation, person)?;
            Ok(Instrument::load(act.conn)?.groups.into_iter().next())
        })
        .await?;
    match first {
        Some(group) => Ok(redirect(pages::group_address(&Body::from(&member.organisation).address(), &group.id))),
        None => refuse_late(&member).await,
    }
}

pub async fn show_group(member: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let body = Body::from(&member.organisation);
    let instrument = member.read(Instrument::load).await?;
    let group = instrument.group(&path.1)?;
    let Some(response) = own_response(&member).await? else {
        return Ok(redirect(body.address()));
    };
    let answers = member.read(move |conn| response.answers(conn)).await?;
    member.show(&GroupPage::new(&body, &instrument, group, GroupPage::filled(&answers)))
}

pub async fn save_group(
    member: ApprovedMember,
    path: Path<(String, String)>,
    form: Submitted<GroupForm>,
) -> Result<HttpResponse> {
    let body = Body::from(&member.organisation);
    let instrument = member.read(Instrument::load).await?;
    let group = instrument.group(&path.1)?;
    let Some(response) = own_response(&member).await? else {
        return refuse_late(&member).await;
    };
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return member.refuse(&GroupPage::new(&body, &instrument, group, form)),
    };
    let id = group.id.clone();
    member.act(move |act| answer_group(act, &response, &id, &form.answers)).await?;
    let next = instrument.group_after(group).map(|next| pages::group_address(&body.address(), &next.id));
    Ok(go_on(&body, form.then, &next.unwrap_or_else(|| format!("{}/barriers", body.address()))))
}

pub async fn show_barriers(member: ApprovedMember) -> Result<HttpResponse> {
    let body = Body::from(&member.organisation);
    let Some(response) = own_response(&member).await? else {
        return Ok(redirect(body.address()));
    };
    let named = member.read(move |conn| response.barriers(conn)).await?;
    let form = Filled::default().with_all("barriers", named.iter().map(|barrier| barrier.as_str()));
    member.show(&BarriersPage::new(&body, form))
}

pub async fn save_barriers(member: ApprovedMember, form: Submitted<BarriersForm>) -> Result<HttpResponse> {
    let body = Body::from(&member.organisation);
    let Some(response) = own_response(&member).await? else {
        return refuse_late(&member).await;
    };
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return member.refuse(&BarriersPage::new(&body, form)),
    };
    member.act(move |act| name_barriers(act, &response, &form.barriers)).await?;
    Ok(go_on(&body, form.then, &body.address()))
}

pub async fn finish_audit(member: ApprovedMember, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let Some(response) = own_response(&member).await? else {
        return refuse_late(&member).await;
    };
    if member.act(move |act| finish(act, &response)).await?.is_some() {
        return Ok(redirect(format!("{}/results", Body::from(&member.organisation).address())));
    }
    let page = task_list(&member).await?.ok_or(Error::Conflict)?;
    member.refuse(&page.with_problem(pages::NOTHING_ANSWERED))
}

pub async fn show_results(member: ApprovedMember) -> Result<HttpResponse> {
    let body = Body::from(&member.organisation);
    let (organisation, person) = (member.organisation.id, member.member.person.id);
    let found = member
        .read(move |conn| {
            let Some((response, round)) = Response::last_finished(conn, organisation, person)? else {
                return Ok(None);
            };
            Ok(Some((round, response.answers(conn)?, Instrument::load(conn)?)))
        })
        .await?;
    match found {
        Some((round, answers, instrument)) => {
            member.show(&ResultsPage::new(&body, &round, &Results::of(&instrument, &answers)))
        }
        None => Ok(redirect(body.address())),
    }
}

#[derive(Deserialize)]
pub struct RoundQuery {
    round: Option<String>,
}

pub async fn show_picture(member: ApprovedMember, query: Query<RoundQuery>) -> Result<HttpResponse> {
    let body = Body::from(&member.organisation);
    if member.member.membership.role == MembershipRole::Practitioner {
        return Ok(redirect(body.address()));
    }
    let asked: Option<RoundId> =
        query.into_inner().round.map(|id| id.parse()).transpose().map_err(|_| Error::NotFound)?;
    let organisation = member.organisation.id;
    let (rounds, round, picture, instrument) = member
        .read(move |conn| {
            let rounds = Round::recent(conn)?;
            let wanted = rounds.iter().find(|round| asked.is_none_or(|id| id == round.id));
            let round = wanted.cloned().ok_or(Error::NotFound)?;
            let picture = Picture::of(conn, round.id, organisation)?;
            Ok((rounds, round, picture, Instrument::load(conn)?))
        })
        .await?;
    member.show(&PicturePage::new(member.site(), &body, &instrument, &round, &rounds, &picture))
}

pub async fn show_rounds(steward: Steward) -> Result<HttpResponse> {
    let rounds = steward.read(Round::recent_with_finished).await?;
    steward.show(&RoundsPage::new(&rounds, Filled::blank(RoundForm::FIELDS)))
}

pub async fn open_new_round(steward: Steward, form: Submitted<RoundForm>) -> Result<HttpResponse> {
    let refused = match form.parsed() {
        Ok((form, filled)) => {
            if steward.act(move |act| open_round(act, form.title.as_str())).await?.is_some() {
                return Ok(redirect_with_notice("/vrp/skills-audit", outcome_pages::ROUND_OPENED));
            }
            filled.with_problem("title", outcome_pages::ROUND_OPEN_ALREADY)
        }
        Err(form) => form,
    };
    let rounds = steward.read(Round::recent_with_finished).await?;
    steward.refuse(&RoundsPage::new(&rounds, refused))
}

pub async fn close_open_round(steward: Steward, _: Submitted<Pressed>) -> Result<HttpResponse> {
    steward
        .act(|act| {
            let round = Round::open_now(act.conn)?.ok_or(Error::Conflict)?;
            close_round(act, &round)
        })
        .await?;
    Ok(redirect_with_notice("/vrp/skills-audit", outcome_pages::ROUND_CLOSED))
}

/// What this person has begun in the round that is open.
async fn own_response(member: &ApprovedMember) -> Result<Option<Response>> {
    let (organisation, person) = (member.organisation.id, member.member.person.id);
    member
        .read(move |conn| match Round::open_now(conn)? {
            Some(round) => Response::of_person(conn, round.id, organisation, person),
            None => Ok(None),
        })
        .await
}

async fn task_list(member: &ApprovedMember) -> Result<Option<TaskListPage>> {
    let Some(response) = own_response(member).await? else {
        return Ok(None);
    };
    let body = Body::from(&member.organisation);
    let (response, answers, barriers, instrument) = member
        .read(move |conn| {
            let (answers, barriers) = (response.answers(conn)?, response.barriers(conn)?);
            Ok((response, answers, barriers, Instrument::load(conn)?))
        })
        .await?;
    Ok(Some(TaskListPage::new(&body, &instrument, &response, &answers, &barriers)))
}

async fn is_round_open(member: &ApprovedMember) -> Result<bool> {
    member.read(|conn| Ok(Round::open_now(conn)?.is_some())).await
}

/// What was just sent has no round to go to: it came too late, or was not begun in this one.
async fn refuse_late(member: &ApprovedMember) -> Result<HttpResponse> {
    if is_round_open(member).await? {
        return Ok(redirect(Body::from(&member.organisation).address()));
    }
    member.refuse(&closed_page(member).await?.too_late())
}

async fn closed_page(member: &ApprovedMember) -> Result<ClosedPage> {
    let (organisation, person) = (member.organisation.id, member.member.person.id);
    let finished = member.read(move |conn| Response::last_finished(conn, organisation, person)).await?;
    let response = finished.as_ref().map(|(response, _)| response);
    Ok(ClosedPage::new(&Body::from(&member.organisation), response))
}

fn go_on(body: &Body<'_>, then: Then, next: &str) -> HttpResponse {
    match then {
        Then::GoOn => redirect(next),
        Then::ComeBackLater => redirect_with_notice(body.address(), pages::SAVED),
    }
}
