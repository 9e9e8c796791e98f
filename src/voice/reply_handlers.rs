//! Writing and publishing “you said, we did”.

use actix_web::HttpResponse;

use super::forms::ReplyForm;
use super::heard::RoundHeard;
use super::reply::{NewReply, Reply, add_reply, publish_replies, remove_reply};
use super::reply_page::{self, ReplyPage};
use super::round::{VoiceRound, VoiceRoundState};
use super::round_handlers::find_round;
use super::round_pages::Place;
use crate::error::{Error, Result};
use crate::ids::VoiceReplyId;
use crate::organisations::MendingLead;
use crate::web::{Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_replies(lead: MendingLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    if round.state != VoiceRoundState::Closed {
        return Ok(redirect(Place::of(&lead.organisation).of_round(round.id)));
    }
    let page = reply_page(&lead, round, Filled::blank(ReplyForm::FIELDS)).await?;
    lead.show(&page)
}

pub async fn add(lead: MendingLead, path: Path<(String, String)>, form: Submitted<ReplyForm>) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return lead.refuse(&reply_page(&lead, round, form).await?),
    };
    let back = address_of(&lead, &round);
    let new = NewReply { said: form.said.into_string(), did: form.did.into_string() };
    lead.act(move |act| add_reply(act, &round, &new)).await?;
    Ok(redirect_with_notice(back, reply_page::ADDED))
}

pub async fn remove(
    lead: MendingLead,
    path: Path<(String, String, String)>,
    _: Submitted<Pressed>,
) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    let id: VoiceReplyId = path.2.parse().map_err(|_| Error::NotFound)?;
    let back = address_of(&lead, &round);
    lead.act(move |act| remove_reply(act, &round, id)).await?;
    Ok(redirect_with_notice(back, reply_page::REMOVED))
}

pub async fn publish(lead: MendingLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    let (id, by, back) = (round.id, lead.account.id, Place::of(&lead.organisation).of_round(round.id));
    let replies = lead.read(move |conn| Reply::in_round(conn, id)).await?;
    if replies.is_empty() {
        return Ok(redirect_with_notice(address_of(&lead, &round), reply_page::NOTHING_WRITTEN));
    }
    lead.act(move |act| publish_replies(act, &round, by)).await?;
    Ok(redirect_with_notice(back, reply_page::PUBLISHED))
}

fn address_of(lead: &MendingLead, round: &VoiceRound) -> String {
    format!("{}/reply", Place::of(&lead.organisation).of_round(round.id))
}

async fn reply_page(lead: &MendingLead, round: VoiceRound, form: Filled) -> Result<ReplyPage> {
    let place = Place::of(&lead.organisation);
    lead.read(move |conn| {
        let (heard, replies) = (RoundHeard::of(conn, &round)?, Reply::in_round(conn, round.id)?);
        Ok(ReplyPage::new(place, &round, heard.as_ref(), &replies, form))
    })
    .await
}
