//! The people of an organisation: who they are, adding someone who has no account, inviting those who shall, what each
//! may do, and leaving. An organisation always keeps a lead.
//! An invitation works once, for 14 days, for whoever holds its link; its leads can withdraw it. One for somebody who
//! is on the record without an account makes that record theirs. Whoever leaves hands over what they hold, so that
//! nothing is left without a holder.
//! Not here: what a person may do; `organisations` keeps memberships.

mod forms;
mod handlers;
mod holding;
mod invitation;
mod joining;
mod leaving;
mod leaving_handlers;
mod leaving_pages;
pub mod organisation_data;
mod pages;
mod person_handlers;
mod person_pages;
pub mod your_data;

pub use holding::{Holding, Successors, Thing, holding_of};
pub use invitation::{Invitation, NewInvitation, accept_invitation, invite, invite_to_own_record};
pub use joining::JOINED;
pub use leaving::{Leaving, end_membership_of, leave_organisation};
pub use pages::{engagement_name, role_name};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/people", handlers::show_people)
        .get("/organisations/{slug}/people/new", handlers::show_new_person)
        .post("/organisations/{slug}/people/new", handlers::add_person)
        .get("/organisations/{slug}/people/invitations/new", handlers::show_new_invitation)
        .post("/organisations/{slug}/people/invitations/new", handlers::send_invitation)
        .post("/organisations/{slug}/people/invitations/{invitation}/withdrawal", handlers::withdraw)
        .post("/organisations/{slug}/people/invitations/{invitation}/resending", handlers::resend)
        .get("/organisations/{slug}/people/me/leaving", leaving_handlers::show_leaving)
        .post("/organisations/{slug}/people/me/leaving", leaving_handlers::leave)
        .get("/organisations/{slug}/people/{person}", person_handlers::show_person)
        .post("/organisations/{slug}/people/{person}", person_handlers::change_position)
        .get("/organisations/{slug}/people/{person}/invitation", person_handlers::show_own_invitation)
        .post("/organisations/{slug}/people/{person}/invitation", person_handlers::send_own_invitation)
        .get("/organisations/{slug}/people/{person}/leaving", leaving_handlers::show_ending)
        .post("/organisations/{slug}/people/{person}/leaving", leaving_handlers::end_membership)
        .get("/invitations/{token}", handlers::show_invitation)
        .post("/invitations/{token}", handlers::accept);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), person_pages::samples(), leaving_pages::samples()].into_iter().flatten().collect()
}
