//! Training sessions: planned and run by providers, with places that people take for themselves or that a lead takes
//! for them, and a waiting list that moves up by itself. Sessions of modules and of Youth Charter training are the same.
//! No place is ever given twice, and a place that is free for someone never stays free while they wait for it.
//! What people need to take part is sealed, read by the provider only, and forgotten two weeks after the session.
//! Not here: who came and what they have learnt (`attendance`), and who the providers are (`providers`).

mod announcements;
mod booking;
mod booking_forms;
mod calendar;
mod forms;
mod handlers;
mod letters;
mod list_page;
mod listing;
pub mod organisation_data;
mod pages;
mod plan_pages;
mod provider_handlers;
mod provider_pages;
mod room;
mod session;
mod supply;
mod wording;
mod young_trainers;
pub mod your_data;

pub use announcements::{bookings_in, cancel_session, forget_access_needs, remind_of_sessions, replan_session};
pub use booking::{Asked, Booking, BookingState, Wish, ask_for_place, release_held_places};
pub use calendar::calendar_of;
pub use letters::{say_when, say_where, tell_of_feedback};
pub use listing::{Guest, Offered, Sought, guests_of, hand_over_bookings, places_ahead_of, sessions_on_offer};
pub use provider_handlers::find_session;
pub use provider_pages::session_address;
pub use room::Room;
pub use session::{HeldFor, Plan, Replanned, SessionState, SessionSubject, Setting, TrainingSession, plan_session};
pub use supply::{Supply, count_held_for_newcomers, supply_ahead};
pub use wording::{say_free, say_price};
pub use young_trainers::say_adult_contact;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/provider", provider_handlers::show_provider_home)
        .get("/provider/sessions/new", provider_handlers::show_new_session)
        .post("/provider/sessions/new", provider_handlers::save_new_session)
        .get("/provider/sessions/{session}", provider_handlers::show_provider_session)
        .get("/provider/sessions/{session}/what", provider_handlers::show_what)
        .post("/provider/sessions/{session}/what", provider_handlers::save_what)
        .get("/provider/sessions/{session}/where", provider_handlers::show_where)
        .post("/provider/sessions/{session}/where", provider_handlers::save_where)
        .get("/provider/sessions/{session}/places", provider_handlers::show_places)
        .post("/provider/sessions/{session}/places", provider_handlers::save_places)
        .post("/provider/sessions/{session}/opening", provider_handlers::open_session)
        .get("/provider/sessions/{session}/cancellation", provider_handlers::show_cancel)
        .post("/provider/sessions/{session}/cancellation", provider_handlers::cancel)
        .get("/my/sessions", handlers::show_own_sessions)
        .get("/my/sessions/{session}", handlers::show_own_session)
        .get("/my/sessions/{session}/calendar.ics", handlers::show_calendar)
        .post("/my/sessions/{session}/place", handlers::take_own_place)
        .post("/my/sessions/{session}/place/ending", handlers::give_up_own_place)
        .get("/organisations/{slug}/training/sessions", handlers::show_sessions_for_people)
        .get("/organisations/{slug}/training/sessions/{session}", handlers::show_session_for_people)
        .post("/organisations/{slug}/training/sessions/{session}/places", handlers::take_places_for_people)
        .post(
            "/organisations/{slug}/training/sessions/{session}/places/{booking}/ending",
            handlers::give_up_place_of_person,
        );
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [plan_pages::samples(), provider_pages::samples(), list_page::samples(), pages::samples()]
        .into_iter()
        .flatten()
        .collect()
}
