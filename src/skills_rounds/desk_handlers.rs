//! A lead's desk in a round: who takes part, who is invited and how, and answers that came on paper.

use actix_web::HttpResponse;

use super::desk::{InvitedBy, ask_everyone, invite_by_link, take_part};
use super::desk_pages::{self, Desk, DeskPage, PaperPage, SheetPage};
use super::forms::LinksForm;
use crate::error::{Error, Result};
use crate::organisations::{ApprovedLead, Member};
use crate::skills_audit::{Entry, Instrument, PaperForm, Picture, Round, SkillsLink, type_answers};
use crate::training::Module;
use crate::web::{Filled, Path, Pressed, Submitted, count, redirect_with_notice};

pub async fn show_desk(lead: ApprovedLead) -> Result<HttpResponse> {
    let desk = desk_of(&lead).await?;
    lead.show(&DeskPage::new(&lead.organisation, &desk, Filled::default()))
}

pub async fn take_part_now(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let organisation = lead.organisation.clone();
    lead.act(move |act| {
        let round = Round::open_now(act.conn)?.ok_or(Error::Conflict)?;
        take_part(act, &round, &organisation)
    })
    .await?;
    Ok(redirect_with_notice(address_of(&lead), desk_pages::TAKES_PART))
}

pub async fn write_to_everyone(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let organisation = lead.organisation.clone();
    let written = lead
        .act(move |act| {
            let round = Round::open_now(act.conn)?.ok_or(Error::Conflict)?;
            ask_everyone(act, &round, &organisation)
        })
        .await?;
    let notice = match written {
        0 => "Everyone has been written to already".to_owned(),
        n => format!("We have written to {}", count(n, "person", "people")),
    };
    Ok(redirect_with_notice(address_of(&lead), &notice))
}

pub async fn send_links(lead: ApprovedLead, form: Submitted<LinksForm>) -> Result<HttpResponse> {
    let LinksForm(wanted) = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => {
            let desk = desk_of(&lead).await?;
            return lead.refuse(&DeskPage::new(&lead.organisation, &desk, form));
        }
    };
    let (organisation, by) = (lead.organisation.clone(), InvitedBy(lead.account.id));
    let sent = wanted.len();
    lead.act(move |act| {
        let round = Round::open_now(act.conn)?.ok_or(Error::Conflict)?;
        for (person, address) in &wanted {
            let member = Member::find_in(act.conn, organisation.id, *person)?;
            invite_by_link(act, &round, &organisation, &member, address, by)?;
        }
        Ok(())
    })
    .await?;
    let notice = match sent {
        0 => desk_pages::NOBODY_CHOSEN.to_owned(),
        n => format!("We have sent {}", count(n, "personal link", "personal links")),
    };
    Ok(redirect_with_notice(address_of(&lead), &notice))
}

pub async fn show_sheet(lead: ApprovedLead) -> Result<HttpResponse> {
    let (instrument, modules) = lead
        .read(|conn| {
            let round = Round::latest(conn)?.ok_or(Error::NotFound)?;
            Ok((Instrument::of(conn, round.instrument)?, Module::all(conn)?))
        })
        .await?;
    lead.show(&SheetPage::new(&lead.organisation, &instrument, &modules))
}

/// Always an empty sheet: nothing that anyone answered can be read here.
pub async fn show_paper(lead: ApprovedLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (member, round, instrument, modules) = load_sheet(&lead, &path.1).await?;
    lead.show(&PaperPage::new(&lead.organisation, &member, &round, &instrument, &modules, Filled::default()))
}

pub async fn type_paper(
    lead: ApprovedLead,
    path: Path<(String, String)>,
    form: Submitted<PaperForm>,
) -> Result<HttpResponse> {
    let (member, round, instrument, modules) = load_sheet(&lead, &path.1).await?;
    let PaperForm(mut sheet) = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => {
            return lead.refuse(&PaperPage::new(&lead.organisation, &member, &round, &instrument, &modules, form));
        }
    };
    sheet.held.retain(|id| modules.iter().any(|module| module.id == *id));
    sheet.held.sort();
    sheet.held.dedup();
    let (organisation, by) = (lead.organisation.id, lead.account.id);
    lead.act(move |act| type_answers(act, &round, organisation, &member, by, &sheet)).await?;
    Ok(redirect_with_notice(address_of(&lead), desk_pages::PAPER_KEPT))
}

async fn load_sheet(lead: &ApprovedLead, person: &str) -> Result<(Member, Round, Instrument, Vec<Module>)> {
    let (organisation, person) = (lead.organisation.id, person.parse().map_err(|_| Error::NotFound)?);
    lead.read(move |conn| {
        let member = Member::find_in(conn, organisation, person)?;
        // Who has an account answers for themselves.
        if member.person.account_id.is_some() {
            return Err(Error::NotFound);
        }
        let round = Round::open_now(conn)?.ok_or(Error::Conflict)?;
        let instrument = Instrument::of(conn, round.instrument)?;
        Ok((member, round, instrument, Module::all(conn)?))
    })
    .await
}

async fn desk_of(lead: &ApprovedLead) -> Result<Desk> {
    let (organisation, site) = (lead.organisation.id, lead.site().to_owned());
    lead.read(move |conn| {
        let round = Round::open_now(conn)?;
        let Some(round) = round else { return Ok(Desk::closed()) };
        let picture = Picture::of(conn, round.id, organisation)?;
        Ok(Desk {
            is_for: round.is_for(conn, organisation)?,
            takes_part: Entry::find(conn, round.id, organisation)?.is_some(),
            finished: picture.finished,
            people: picture.people,
            members: Member::all_in(conn, organisation)?,
            links: SkillsLink::all_in(conn, round.id, organisation)?,
            round: Some(round),
            site,
        })
    })
    .await
}

fn address_of(lead: &ApprovedLead) -> String {
    format!("/organisations/{}/skills-audit/people", lead.organisation.slug)
}
