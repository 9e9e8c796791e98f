//! Opening, watching and ending a round.

use actix_web::HttpResponse;
use chrono::Months;

use super::forms::{ExpectedForm, RoundForm};
use super::heard::RoundHeard;
use super::reply::Reply;
use super::round::{VoiceRound, open_voice_round};
use super::round_pages::{self, Around, NewRoundPage, Place, PosterPage, RoundPage, RoundsPage};
use super::words::VoiceWords;
use crate::accounts::Seat;
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, VoiceRoundId};
use crate::organisations::{ApprovedLead, ApprovedMember, MembershipRole, MendingLead};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_rounds(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let rounds = member.read(move |conn| VoiceRound::latest_of(conn, organisation)).await?;
    let can_lead = member.member.membership.role == MembershipRole::Lead && member.organisation.is_open();
    member.show(&RoundsPage::new(Place::of(&member.organisation), &rounds, can_lead))
}

pub async fn show_new_round(lead: ApprovedLead) -> Result<HttpResponse> {
    lead.show(&NewRoundPage::new(Place::of(&lead.organisation), Filled::blank(RoundForm::FIELDS)))
}

pub async fn open_round(lead: ApprovedLead, form: Submitted<RoundForm>) -> Result<HttpResponse> {
    let place = Place::of(&lead.organisation);
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return lead.refuse(&NewRoundPage::new(place, form)),
    };
    let today = lead.today();
    if form.closes_on <= today || form.closes_on > today + Months::new(12) {
        return lead.refuse(&NewRoundPage::new(place, filled.with_problem("closes", round_pages::BAD_DAY)));
    }
    let (organisation, by, wanted) = (lead.organisation.id, lead.account.id, (form.expected, form.closes_on));
    match lead.act(move |act| open_voice_round(act, organisation, by, wanted)).await {
        Ok(round) => Ok(redirect_with_notice(place.of_round(round.id), round_pages::OPENED)),
        Err(Error::Conflict) => {
            lead.refuse(&NewRoundPage::new(place, filled.with_problem("expected", round_pages::ONE_IS_OPEN)))
        }
        Err(other) => Err(other),
    }
}

pub async fn show_round(member: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let round = find_round(&member, member.organisation.id, &path.1).await?;
    let can_lead = member.member.membership.role == MembershipRole::Lead && !member.organisation.is_closed();
    let place = Place::of(&member.organisation);
    let page = round_page(&member, place, round, can_lead, Filled::blank(ExpectedForm::FIELDS)).await?;
    member.show(&page)
}

pub async fn show_poster(member: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let round = find_round(&member, member.organisation.id, &path.1).await?;
    if !round.takes_answers(member.today()) {
        return Err(Error::NotFound);
    }
    member.show(&PosterPage::new(Place::of(&member.organisation), &round, member.site())?)
}

pub async fn expect_more(
    lead: MendingLead,
    path: Path<(String, String)>,
    form: Submitted<ExpectedForm>,
) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    let place = Place::of(&lead.organisation);
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return lead.refuse(&round_page(&lead, place, round, true, form).await?),
    };
    if form.expected <= round.expected {
        let filled = filled.with_problem("expected", round_pages::MUST_BE_MORE);
        return lead.refuse(&round_page(&lead, place, round, true, filled).await?);
    }
    let back = place.of_round(round.id);
    lead.act(move |act| round.expect(act, form.expected)).await?;
    Ok(redirect_with_notice(back, round_pages::EXPECTED_MORE))
}

pub async fn close_round(
    lead: MendingLead,
    path: Path<(String, String)>,
    _: Submitted<Pressed>,
) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    let back = Place::of(&lead.organisation).of_round(round.id);
    lead.act(move |act| round.close(act)).await?;
    Ok(redirect_with_notice(back, round_pages::CLOSED))
}

/// A round of this organisation's, by what stands in the address.
pub(super) async fn find_round(seat: &Seat, organisation: OrganisationId, id: &str) -> Result<VoiceRound> {
    let id: VoiceRoundId = id.parse().map_err(|_| Error::NotFound)?;
    seat.read(move |conn| VoiceRound::find_in(conn, organisation, id)).await
}

async fn round_page(seat: &Seat, place: Place, round: VoiceRound, can_lead: bool, form: Filled) -> Result<RoundPage> {
    let site = seat.site().to_owned();
    seat.read(move |conn| {
        let around = Around {
            can_lead,
            site,
            waiting: VoiceWords::count_waiting(conn, round.id)?,
            escalated: VoiceWords::count_escalated(conn, round.id)?,
            heard: RoundHeard::of(conn, &round)?,
            replies: Reply::in_round(conn, round.id)?,
            form,
        };
        Ok(RoundPage::new(place, &round, around))
    })
    .await
}
