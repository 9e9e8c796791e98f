//! The register at the door, and saying how it was.

use actix_web::HttpResponse;

use super::feedback::{give_feedback, has_spoken, opinion_of};
use super::forms::{FeedbackForm, RegisterForm};
use super::pages::{self, FeedbackPage, OpinionPage, RegisterPage};
use super::register::{Finished, can_be_marked, finish_register, mark_attendance};
use crate::accounts::SignedIn;
use crate::error::{Error, Result};
use crate::ids::TrainingSessionId;
use crate::organisations::find_person_of;
use crate::providers::Provider;
use crate::training_sessions::{Booking, BookingState, TrainingSession, find_session, guests_of, session_address};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_register(provider: Provider, id: Path<String>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    provider.show(&lay_out_register(&provider, &session, None).await?)
}

pub async fn save_register(
    provider: Provider,
    id: Path<String>,
    form: Submitted<RegisterForm>,
) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let address = pages::register_address(session.id);
    let Ok((RegisterForm { marks }, _)) = form.parsed() else { return Err(Error::NotFound) };
    let by = provider.account.id;
    provider.act(move |act| mark_attendance(act, &session, by, &marks)).await?;
    Ok(redirect_with_notice(address, pages::MARKED))
}

pub async fn finish(provider: Provider, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let (here, by) = (session.clone(), provider.account.id);
    match provider.act(move |act| finish_register(act, &here, by)).await? {
        Finished::Done { verified } => {
            let notice = pages::finished_notice(verified, session.module_id.is_some());
            Ok(redirect_with_notice(session_address(session.id), &notice))
        }
        Finished::Unmarked(count) => provider.refuse(&lay_out_register(&provider, &session, Some(count)).await?),
    }
}

pub async fn show_opinion(provider: Provider, id: Path<String>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let id = session.id;
    let opinion = provider.read(move |conn| opinion_of(conn, id)).await?;
    provider.show(&OpinionPage::new(&session, opinion))
}

pub async fn show_feedback(viewer: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let (session, _, spoken) = find_attended(&viewer, &id).await?;
    viewer.show(&FeedbackPage::new(&session, spoken, Filled::blank(FeedbackForm::FIELDS)))
}

pub async fn save_feedback(viewer: SignedIn, id: Path<String>, form: Submitted<FeedbackForm>) -> Result<HttpResponse> {
    let (session, booking, spoken) = find_attended(&viewer, &id).await?;
    let said = match form.parsed() {
        Ok((FeedbackForm(said), _)) => said,
        Err(form) => return viewer.refuse(&FeedbackPage::new(&session, spoken, form)),
    };
    viewer.act(move |act| give_feedback(act, &session, &booking, said)).await?;
    Ok(redirect_with_notice("/my/sessions", pages::THANKS))
}

async fn lay_out_register(
    provider: &Provider,
    session: &TrainingSession,
    unmarked: Option<usize>,
) -> Result<RegisterPage> {
    let id = session.id;
    let guests = provider.read(move |conn| guests_of(conn, id)).await?;
    RegisterPage::new(
        session,
        &guests,
        can_be_marked(session, provider.now()),
        unmarked,
        provider.secret(),
        provider.now(),
    )
}

/// A session that someone was at; any other is not found.
async fn find_attended(viewer: &SignedIn, id: &str) -> Result<(TrainingSession, Booking, bool)> {
    let id: TrainingSessionId = id.parse().map_err(|_| Error::NotFound)?;
    let account = viewer.account.id;
    viewer
        .read(move |conn| {
            let (session, _) = TrainingSession::find_announced(conn, id)?;
            let person = find_person_of(conn, account)?.ok_or(Error::NotFound)?;
            let booking = Booking::of(conn, id, person.id)?.ok_or(Error::NotFound)?;
            if booking.state() != BookingState::Attended {
                return Err(Error::NotFound);
            }
            let spoken = has_spoken(conn, booking.id)?;
            Ok((session, booking, spoken))
        })
        .await
}
