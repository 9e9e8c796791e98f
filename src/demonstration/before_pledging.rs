//! What comes before a pledge in the demonstration: interest, Charter training some weeks ago, and leave by the VRP. Until
//! a month and a half ago training did not have to come first.

use chrono::{Duration, NaiveTime};

use super::cast::{Body, Cast};
use super::stage::Stage;
use super::story::{PledgePart, Story};
use crate::attendance::{Mark, finish_register, mark_attendance};
use crate::before_pledging::{LeaveKind, NewInterest, express_interest, grant_leave, invite_to_sessions};
use crate::clock::instant_of;
use crate::error::{Error, Result};
use crate::ids::DistrictCode;
use crate::programme::Programme;
use crate::providers::TrainingProvider;
use crate::training_sessions::{
    BookingState, Plan, SessionSubject, Wish, ask_for_place, bookings_in, plan_session, say_adult_contact,
};

/// Whom the VRP lets do what.
const LEAVES: [(&str, LeaveKind, &str); 2] = [
    (
        "Manton Estate Boxing and Breakfast",
        LeaveKind::WithoutTraining,
        "Both leads came to the training for the first Charter, in the spring before the portal was there.",
    ),
    (
        "Calverton Colliery Juniors Athletics",
        LeaveKind::OneSignatory,
        "The committee has two members and one of them is ill. We look at it again in the summer.",
    ),
];
/// The training was so many days ago.
const TRAINED: i64 = 24;

/// When the programme began, an organisation could pledge at once.
pub fn play_beginning(stage: &mut Stage<'_>, cast: &Cast, days: i64) -> Result<()> {
    let at = stage.days_ago(days);
    stage.play_as(&cast.steward, at, |act| Programme { training_first: false, ..Programme::default() }.set(act))
}

/// Then training came first; some have been there, some wait for the next session.
pub fn play_way(stage: &mut Stage<'_>, cast: &Cast, bodies: &[(u64, &Story, Body)]) -> Result<()> {
    let at = stage.days_ago(45);
    stage.play_as(&cast.steward, at, |act| Programme::default().set(act))?;
    for (_, story, body) in bodies {
        let by = body.lead()?;
        if matches!(story.pledge, PledgePart::Interested | PledgePart::Trained) {
            let at = stage.days_ago(story.days.min(40) - 2);
            let new = NewInterest { people: 3, wish: "A weekday evening, near us if you can.".to_owned() };
            stage.play_as(by, at, |act| express_interest(act, &body.organisation, by.id, &new))?;
        }
        if let Some((_, kind, reason)) = LEAVES.iter().find(|(name, ..)| *name == story.organisation) {
            let at = stage.days_ago(12);
            let steward = &cast.steward;
            stage.play_as(steward, at, |act| grant_leave(act, &body.organisation, steward.id, *kind, reason))?;
        }
    }
    let trained: Vec<&Body> =
        bodies.iter().filter(|(_, story, _)| story.pledge == PledgePart::Trained).map(|(.., body)| body).collect();
    play_training(stage, cast, &trained)?;
    let now = stage.moments_ago();
    stage.play(&crate::audit::Actor::portal(), now, |act| invite_to_sessions(act).map(drop))
}

/// Charter training that is over: everyone of these organisations who has an account was there.
fn play_training(stage: &mut Stage<'_>, cast: &Cast, bodies: &[&Body]) -> Result<()> {
    let by = &cast.trainer;
    let day = stage.today() - Duration::days(TRAINED);
    let five = NaiveTime::from_hms_opt(17, 0, 0).and_then(|time| instant_of(day, time));
    let starts_at = five.ok_or_else(|| Error::unexpected("an hour that is skipped"))?;
    let plan = Plan {
        subject: SessionSubject::Charter,
        title: "Youth Charter training".to_owned(),
        about: "Young people who wrote the Charter show what it means in practice.".to_owned(),
        trainers: "Amara J, Kai W and Tyrell B".to_owned(),
        starts_at,
        ends_at: starts_at + Duration::hours(2),
        place: "The Old Library, Leeming Street".to_owned(),
        district_code: Some(DistrictCode::from("E07000174")),
        access: "Step-free.".to_owned(),
        capacity: 16,
        ..Plan::blank(starts_at)
    };
    let at = stage.days_ago(TRAINED + 14);
    let session = stage.play_as(by, at, |act| {
        let providers = TrainingProvider::all(act.conn)?;
        let provider = providers.first().ok_or(Error::NotFound)?;
        let session = plan_session(act, provider, by.id, plan)?;
        say_adult_contact(act, session.id, Some("Sunita Marsh, 0115 496 0000"))?;
        session.open(act)?;
        Ok(session)
    })?;
    for body in bodies {
        let asker = body.lead()?;
        for player in body.players.iter().filter(|player| player.account.is_some()) {
            let wish = Wish {
                person: player.member.person.id,
                organisation: body.organisation.id,
                asked_by: asker.id,
                access_needs: None,
                wants_bursary: false,
            };
            let at = stage.days_ago(TRAINED + 5);
            stage.play_as(asker, at, |act| ask_for_place(act, session.id, &wish))?;
        }
    }
    stage.play_as(by, session.ends_at + Duration::minutes(10), |act| {
        let booked = bookings_in(act.conn, session.id, &[BookingState::Booked])?;
        let marks: Vec<_> = booked.iter().map(|booking| (booking.id, Mark::Here)).collect();
        mark_attendance(act, &session, by.id, &marks)?;
        finish_register(act, &session, by.id)
    })?;
    Ok(())
}
