//! Finding a session, asking for a place and giving it up: for oneself, and for the people of one's organisation.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::booking::{Asked, Booking, Wish, ask_for_place};
use super::booking_forms::{OwnPlaceForm, PlacesForPeopleForm};
use super::calendar::calendar_of;
use super::forms::CHARTER;
use super::list_page::{SessionsPage, SessionsPlace};
use super::listing::{Sought, bookings_of_organisation, places_ahead_of, sessions_on_offer};
use super::pages::{self, OrganisationSessionPage, OwnSessionPage, Place};
use super::session::TrainingSession;
use crate::accounts::SignedIn;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, BookingId, OrganisationId, TrainingSessionId};
use crate::organisations::{ApprovedLead, District, Member, Organisation, Person, find_person_of, organisations_of};
use crate::providers::TrainingProvider;
use crate::training::Module;
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect_with_notice};

#[derive(Deserialize, Default)]
pub struct SessionsQuery {
    module: Option<String>,
    district: Option<String>,
}

impl SessionsQuery {
    fn sought(self) -> Sought {
        let given = |word: Option<String>| word.filter(|word| !word.is_empty());
        let module = given(self.module);
        Sought {
            charter: module.as_deref() == Some(CHARTER),
            module: module.filter(|word| word != CHARTER).map(|id| id.as_str().into()),
            district: given(self.district).map(|code| code.as_str().into()),
        }
    }
}

/// Someone's own places, and what they could book.
pub async fn show_own_sessions(viewer: SignedIn, query: Query<SessionsQuery>) -> Result<HttpResponse> {
    let (account, now, sought) = (viewer.account.id, viewer.now(), query.into_inner().sought());
    let asked = sought.clone();
    let (own, offered, modules, districts) = viewer
        .read(move |conn| {
            let own = match find_person_of(conn, account)? {
                Some(person) => places_ahead_of(conn, person.id, now)?,
                None => Vec::new(),
            };
            let offered = sessions_on_offer(conn, now, &asked)?;
            Ok((own, offered, Module::all(conn)?, District::all(conn)?))
        })
        .await?;
    viewer.show(&SessionsPage::new(SessionsPlace::own(), &own, &offered, &sought, &modules, &districts, now))
}

pub async fn show_own_session(viewer: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let scene = OwnScene::of(&viewer, &id).await?;
    let form = Filled::blank(OwnPlaceForm::FIELDS);
    viewer.show(&OwnSessionPage::new(
        &scene.session,
        &scene.provider,
        scene.booking.as_ref(),
        &scene.at,
        form,
        viewer.now(),
    ))
}

pub async fn take_own_place(viewer: SignedIn, id: Path<String>, form: Submitted<OwnPlaceForm>) -> Result<HttpResponse> {
    let scene = OwnScene::of(&viewer, &id).await?;
    let show = |form: Filled| {
        OwnSessionPage::new(&scene.session, &scene.provider, scene.booking.as_ref(), &scene.at, form, viewer.now())
    };
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return viewer.refuse(&show(form)),
    };
    let organisation = match (&scene.at[..], wanted.organisation) {
        ([only], _) => only.id,
        (several, Some(id)) if several.iter().any(|organisation| organisation.id == id) => id,
        _ => return viewer.refuse(&show(filled.with_problem("organisation", pages::ORGANISATION_MISSING))),
    };
    let person = scene.person.as_ref().ok_or(Error::NotFound)?.id;
    let wish = Wish {
        person,
        organisation,
        asked_by: viewer.account.id,
        access_needs: wanted.access_needs,
        wants_bursary: wanted.wants_bursary,
    };
    let session = scene.session.id;
    let asked = viewer.act(move |act| ask_for_place(act, session, &wish)).await?;
    Ok(redirect_with_notice(format!("/my/sessions/{session}"), pages::asked_notice(asked)))
}

pub async fn give_up_own_place(viewer: SignedIn, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let scene = OwnScene::of(&viewer, &id).await?;
    let (session, booking) = (scene.session, scene.booking.ok_or(Error::NotFound)?);
    if session.starts_at <= viewer.now() {
        return Err(Error::Conflict);
    }
    viewer.act(move |act| booking.give_up(act)).await?;
    Ok(redirect_with_notice("/my/sessions", pages::GIVEN_UP))
}

pub async fn show_calendar(viewer: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let scene = OwnScene::of(&viewer, &id).await?;
    let has_place = scene.booking.is_some_and(|booking| booking.has_place());
    let file = calendar_of(&scene.session, viewer.site(), viewer.now(), has_place);
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header(("Content-Disposition", "attachment; filename=\"training.ics\""))
        .insert_header(("Cache-Control", "no-store"))
        .body(file))
}

/// What the people of an organisation could book.
pub async fn show_sessions_for_people(lead: ApprovedLead, query: Query<SessionsQuery>) -> Result<HttpResponse> {
    let (now, sought) = (lead.now(), query.into_inner().sought());
    let asked = sought.clone();
    let (offered, modules, districts) = lead
        .read(move |conn| Ok((sessions_on_offer(conn, now, &asked)?, Module::all(conn)?, District::all(conn)?)))
        .await?;
    let place = SessionsPlace::within(&lead.organisation);
    lead.show(&SessionsPage::new(place, &[], &offered, &sought, &modules, &districts, now))
}

pub async fn show_session_for_people(lead: ApprovedLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let page = lay_out_people(&lead, &path.1, Filled::blank(PlacesForPeopleForm::FIELDS)).await?;
    lead.show(&page)
}

pub async fn take_places_for_people(
    lead: ApprovedLead,
    path: Path<(String, String)>,
    form: Submitted<PlacesForPeopleForm>,
) -> Result<HttpResponse> {
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => return lead.refuse(&lay_out_people(&lead, &path.1, form).await?),
    };
    let session: TrainingSessionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (organisation, by) = (lead.organisation.id, lead.account.id);
    let asked = lead
        .act(move |act| {
            let mut asked = Vec::new();
            for person in wanted.people {
                let person = Member::find_in(act.conn, organisation, person)?.person.id;
                let access_needs = wanted.access_needs.clone();
                let wants_bursary = wanted.wants_bursary;
                asked.push(ask_for_place(
                    act,
                    session,
                    &Wish { person, organisation, asked_by: by, access_needs, wants_bursary },
                )?);
            }
            Ok(asked)
        })
        .await?;
    let address = pages::organisation_session_address(&lead.organisation.slug, session);
    Ok(redirect_with_notice(address, &pages::asked_for_people_notice(&asked)))
}

pub async fn give_up_place_of_person(
    lead: ApprovedLead,
    path: Path<(String, String, String)>,
    _: Submitted<Pressed>,
) -> Result<HttpResponse> {
    let session: TrainingSessionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let booking: BookingId = path.2.parse().map_err(|_| Error::NotFound)?;
    let (organisation, now) = (lead.organisation.id, lead.now());
    lead.act(move |act| {
        let of_theirs = bookings_of_organisation(act.conn, organisation, session)?;
        let booking = of_theirs.into_iter().find(|own| own.id == booking).ok_or(Error::NotFound)?;
        if TrainingSession::find(act.conn, session)?.starts_at <= now {
            return Err(Error::Conflict);
        }
        booking.give_up(act)
    })
    .await?;
    let address = pages::organisation_session_address(&lead.organisation.slug, session);
    Ok(redirect_with_notice(address, pages::GIVEN_UP))
}

/// A session before someone who might come.
struct OwnScene {
    session: TrainingSession,
    provider: TrainingProvider,
    person: Option<Person>,
    booking: Option<Booking>,
    /// The approved organisations they are in.
    at: Vec<Organisation>,
}

impl OwnScene {
    async fn of(viewer: &SignedIn, id: &str) -> Result<Self> {
        let id: TrainingSessionId = id.parse().map_err(|_| Error::NotFound)?;
        let account = viewer.account.id;
        viewer.read(move |conn| Self::load(conn, account, id)).await
    }

    fn load(conn: &mut DbConnection, account: AccountId, id: TrainingSessionId) -> Result<Self> {
        let (session, provider) = TrainingSession::find_announced(conn, id)?;
        let person = find_person_of(conn, account)?;
        let booking = match &person {
            Some(person) => Booking::of(conn, session.id, person.id)?,
            None => None,
        };
        let at = organisations_of(conn, account)?.into_iter().map(|(organisation, _)| organisation);
        Ok(Self { session, provider, person, booking, at: at.filter(Organisation::is_approved).collect() })
    }
}

async fn lay_out_people(lead: &ApprovedLead, id: &str, form: Filled) -> Result<OrganisationSessionPage> {
    let id: TrainingSessionId = id.parse().map_err(|_| Error::NotFound)?;
    let organisation: OrganisationId = lead.organisation.id;
    let (place, members, bookings) = lead
        .read(move |conn| {
            let (session, provider) = TrainingSession::find_announced(conn, id)?;
            let members = Member::all_in(conn, organisation)?;
            let bookings = bookings_of_organisation(conn, organisation, id)?;
            Ok((Place { session, provider }, members, bookings))
        })
        .await?;
    Ok(OrganisationSessionPage::new(&lead.organisation, &place, &members, &bookings, form, lead.now()))
}

/// What came of asking for several.
pub(super) fn counts_of(asked: &[Asked]) -> (usize, usize) {
    let of = |what| asked.iter().filter(|one| **one == what).count();
    (of(Asked::Booked), of(Asked::Waiting))
}
