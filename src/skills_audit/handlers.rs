//! A person's own audit, by their account.

use actix_web::HttpResponse;

use super::forms::{BarriersForm, GroupForm, HeldForm, WordsForm};
use super::pages::ChoicePage;
use super::response::{CameBy, Response};
use super::round::Round;
use super::sitting::{Sitting, own_address};
use crate::accounts::SignedIn;
use crate::error::Result;
use crate::organisations::{ApprovedMember, find_person_of, organisations_of};
use crate::web::{Path, Pressed, Submitted, redirect};

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
        [only] => Ok(redirect(own_address(&only.slug))),
        _ => person.show(&ChoicePage::new(&approved, &begun)),
    }
}

pub async fn show_own_audit(member: ApprovedMember) -> Result<HttpResponse> {
    sitting_of(&member).await?.show_start(&member).await
}

pub async fn begin_audit(member: ApprovedMember, _: Submitted<Pressed>) -> Result<HttpResponse> {
    sitting_of(&member).await?.begin(&member).await
}

pub async fn show_group(member: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    sitting_of(&member).await?.show_group(&member, &path.1).await
}

pub async fn save_group(
    member: ApprovedMember,
    path: Path<(String, String)>,
    form: Submitted<GroupForm>,
) -> Result<HttpResponse> {
    sitting_of(&member).await?.save_group(&member, &path.1, form).await
}

pub async fn show_barriers(member: ApprovedMember) -> Result<HttpResponse> {
    sitting_of(&member).await?.show_barriers(&member).await
}

pub async fn save_barriers(member: ApprovedMember, form: Submitted<BarriersForm>) -> Result<HttpResponse> {
    sitting_of(&member).await?.save_barriers(&member, form).await
}

pub async fn show_held(member: ApprovedMember) -> Result<HttpResponse> {
    sitting_of(&member).await?.show_held(&member).await
}

pub async fn save_held(member: ApprovedMember, form: Submitted<HeldForm>) -> Result<HttpResponse> {
    sitting_of(&member).await?.save_held(&member, form).await
}

pub async fn show_words(member: ApprovedMember) -> Result<HttpResponse> {
    sitting_of(&member).await?.show_words(&member).await
}

pub async fn save_words(member: ApprovedMember, form: Submitted<WordsForm>) -> Result<HttpResponse> {
    sitting_of(&member).await?.save_words(&member, form).await
}

pub async fn finish_audit(member: ApprovedMember, _: Submitted<Pressed>) -> Result<HttpResponse> {
    sitting_of(&member).await?.finish(&member).await
}

pub async fn show_results(member: ApprovedMember) -> Result<HttpResponse> {
    sitting_of(&member).await?.show_results(&member).await
}

pub async fn show_copy(member: ApprovedMember) -> Result<HttpResponse> {
    sitting_of(&member).await?.show_copy(&member).await
}

async fn sitting_of(member: &ApprovedMember) -> Result<Sitting> {
    let id = member.organisation.id;
    let (round, is_for) = member
        .read(move |conn| {
            let round = Round::open_now(conn)?;
            let is_for = round.as_ref().map(|round| round.is_for(conn, id)).transpose()?;
            Ok((round, is_for.unwrap_or(true)))
        })
        .await?;
    Ok(Sitting {
        organisation: id,
        organisation_name: member.organisation.name.clone(),
        person: member.member.person.id,
        person_name: member.member.person.name.clone(),
        came_by: CameBy::Account,
        address: own_address(&member.organisation.slug),
        round: round.filter(|_| is_for),
        is_elsewhere: !is_for,
    })
}
