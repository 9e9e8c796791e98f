//! What an organisation sees of its people's answers, takes away and plans. A practitioner goes on to their own audit.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::instrument::Instrument;
use super::picture::Picture;
use super::picture_out::picture_sheet;
use super::picture_page::{PicturePage, PicturePaper, Seen};
use super::picture_parts::say_reason;
use super::round::Round;
use super::sitting::own_address;
use super::suggestion::suggestions;
use super::wishes::wishes_in;
use crate::error::{Error, Result};
use crate::ids::{ModuleId, RoundId};
use crate::organisations::{ApprovedLead, ApprovedMember, MembershipRole, Organisation};
use crate::sheets::{send_csv, send_workbook, write_csv, write_workbook};
use crate::training::{Module, TrainingPlan, plan_modules};
use crate::web::{Form, Query, Sent, Submitted, count, redirect, redirect_with_notice};

#[derive(Deserialize)]
pub struct RoundQuery {
    round: Option<String>,
}

/// Modules to plan.
pub struct PlanForm(Vec<ModuleId>);

impl Form for PlanForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self(sent.choices("modules", |word| Some(ModuleId::from(word)))))
    }
}

pub async fn show_picture(member: ApprovedMember, query: Query<RoundQuery>) -> Result<HttpResponse> {
    if member.member.membership.role == MembershipRole::Practitioner {
        return Ok(redirect(own_address(&member.organisation.slug)));
    }
    let seen = see(&member, query).await?;
    member.show(&PicturePage::new(is_lead(&member), &seen))
}

pub async fn show_paper(member: ApprovedMember, query: Query<RoundQuery>) -> Result<HttpResponse> {
    let seen = see(&member, query).await?;
    member.show(&PicturePaper(PicturePage::new(is_lead(&member), &seen)))
}

pub async fn send_picture_csv(member: ApprovedMember, query: Query<RoundQuery>) -> Result<HttpResponse> {
    let sheet = picture_sheet(&see(&member, query).await?);
    Ok(send_csv(&file_name(&member), write_csv(&sheet.header, &sheet.rows)?))
}

pub async fn send_picture_workbook(member: ApprovedMember, query: Query<RoundQuery>) -> Result<HttpResponse> {
    let sheet = picture_sheet(&see(&member, query).await?);
    Ok(send_workbook(&file_name(&member), write_workbook(&[sheet])?))
}

/// Only what the page suggests can be planned from it.
pub async fn plan_suggested(
    lead: ApprovedLead,
    query: Query<RoundQuery>,
    form: Submitted<PlanForm>,
) -> Result<HttpResponse> {
    let home = format!("/organisations/{}", lead.organisation.slug);
    let PlanForm(chosen) = form.parsed().map_err(|_| Error::Conflict)?.0;
    let (organisation, by, asked) = (lead.organisation.clone(), lead.account.id, round_asked(query)?);
    let added = lead
        .act(move |act| {
            let seen = load(act.conn, &organisation, asked)?;
            let modules = Module::all(act.conn)?;
            let reason = |why: &str| format!("{}: {}", seen.round.title, why);
            let wanted: Vec<(Module, String)> = suggestions(&seen.instrument, &seen.picture)
                .into_iter()
                .filter(|suggestion| chosen.contains(&suggestion.module))
                .filter_map(|suggestion| {
                    let module = modules.iter().find(|module| module.id == suggestion.module)?.clone();
                    Some((module, reason(&say_reason(&suggestion))))
                })
                .collect();
            plan_modules(act, organisation.id, by, &wanted)
        })
        .await?;
    match added {
        0 => Ok(redirect_with_notice(format!("{home}/skills-audit"), "Nothing new was chosen")),
        n => {
            let notice = format!("{} added to your training plan", count(n, "module is", "modules are"));
            Ok(redirect_with_notice(format!("{home}/training/plan"), &notice))
        }
    }
}

fn round_asked(query: Query<RoundQuery>) -> Result<Option<RoundId>> {
    query.into_inner().round.map(|id| id.parse()).transpose().map_err(|_| Error::NotFound)
}

async fn see(member: &ApprovedMember, query: Query<RoundQuery>) -> Result<Seen> {
    if member.member.membership.role == MembershipRole::Practitioner {
        return Err(Error::NotAllowed);
    }
    let (organisation, asked) = (member.organisation.clone(), round_asked(query)?);
    member.read(move |conn| load(conn, &organisation, asked)).await
}

fn load(conn: &mut crate::db::DbConnection, organisation: &Organisation, asked: Option<RoundId>) -> Result<Seen> {
    let rounds = Round::recent(conn)?;
    let round = rounds.iter().find(|round| asked.is_none_or(|id| id == round.id)).cloned().ok_or(Error::NotFound)?;
    let before = match round.before(conn)? {
        Some(before) => Some((before.clone(), Picture::of(conn, before.id, organisation.id)?)),
        None => None,
    };
    let plans = TrainingPlan::open_of(conn, organisation.id)?;
    Ok(Seen {
        name: organisation.name.clone(),
        slug: organisation.slug.clone(),
        instrument: Instrument::of(conn, round.instrument)?,
        picture: Picture::of(conn, round.id, organisation.id)?,
        wishes: wishes_in(conn, &round, organisation.id)?,
        planned: plans.into_iter().map(|plan| plan.module_id).collect(),
        before,
        round,
        rounds,
    })
}

fn is_lead(member: &ApprovedMember) -> bool {
    member.member.membership.role == MembershipRole::Lead
}

fn file_name(member: &ApprovedMember) -> String {
    format!("skills-{}-{}", member.organisation.slug, member.today())
}
