//! Training providers: who gives training, and the people who run sessions for them. Base 51 is the appointed one.
//! The VRP appoints a provider and invites its people; they come in with two steps, like everyone who sees the records
//! of others.
//! Not here: the sessions they give, which are `training_sessions`.

mod forms;
mod handlers;
mod pages;
mod provider;
mod provider_person;
mod viewer;
pub mod your_data;

pub use provider::{ProviderState, TrainingProvider, add_provider};
pub use provider_person::{
    ProviderPerson, ProviderPersonState, accept_provider_invitation, accept_provider_invitation_of, invite_to_provider,
    provide_as_vrp,
};
pub use viewer::Provider;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/providers", handlers::show_providers)
        .get("/vrp/providers/new", handlers::show_new_provider)
        .post("/vrp/providers/new", handlers::save_new_provider)
        .post("/vrp/providers/own", handlers::give_sessions_as_vrp)
        .get("/vrp/providers/{provider}", handlers::show_provider)
        .post("/vrp/providers/{provider}/people", handlers::send_provider_invitation)
        .post("/vrp/providers/{provider}/people/{person}/ending", handlers::end_provider_person)
        .get("/provider-invitations/{token}", handlers::show_provider_invitation)
        .post("/provider-invitations/{token}", handlers::accept_to_provide);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples()
}
