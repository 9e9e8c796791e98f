//! Umbrella bodies: a county association of clubs, a charity with local groups. The VRP marks an approved organisation
//! as one; its leads ask other organisations to let it see them in its totals; a lead of each consents or declines, and
//! withdraws whenever they like.
//! Nothing is seen of an organisation that has not consented, and consent is never asked for again within three months.
//! Not here: what is seen, which is `umbrella_picture`.

mod affiliation;
mod forms;
mod handlers;
mod member_handlers;
mod member_pages;
pub mod organisation_data;
mod pages;
mod umbrella;
mod viewer;
mod vrp_handlers;
mod vrp_pages;

pub use affiliation::{Affiliation, AffiliationState, Asked, ask_to_join, count_consented, under_the_same};
pub use umbrella::{Umbrella, mark_umbrella};
pub use viewer::{UmbrellaLead, UmbrellaMember};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/umbrella/members", handlers::show_members)
        .get("/organisations/{slug}/umbrella/asking", handlers::show_search)
        .get("/organisations/{slug}/umbrella/asking/{other}", handlers::show_asking)
        .post("/organisations/{slug}/umbrella/asking/{other}", handlers::ask_one)
        .post("/organisations/{slug}/umbrella/members/{member}/end", handlers::end_one)
        .get("/organisations/{slug}/umbrellas", member_handlers::show_umbrellas)
        .get("/organisations/{slug}/umbrellas/{affiliation}", member_handlers::show_affiliation)
        .post("/organisations/{slug}/umbrellas/{affiliation}", member_handlers::answer)
        .post("/organisations/{slug}/umbrellas/{affiliation}/withdrawal", member_handlers::withdraw_consent)
        .get("/vrp/umbrellas", vrp_handlers::show_all)
        .get("/vrp/umbrellas/{slug}", vrp_handlers::show_one)
        .post("/vrp/umbrellas/{slug}", vrp_handlers::mark)
        .post("/vrp/umbrellas/{slug}/end", vrp_handlers::end);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples().into_iter().chain(member_pages::samples()).chain(vrp_pages::samples()).collect()
}
