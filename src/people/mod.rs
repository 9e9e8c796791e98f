//! The people of an organisation: who they are, adding someone who has no account, and inviting those who shall.
//! An invitation works once, for 14 days, for whoever holds its link; its leads can withdraw it.
//! Not here: what a person may do; `organisations` keeps memberships.

mod forms;
mod handlers;
mod invitation;
mod pages;

pub use invitation::{Invitation, NewInvitation, accept_invitation, invite};
pub use pages::{engagement_name, role_name, samples};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/people", handlers::show_people)
        .get("/organisations/{slug}/people/new", handlers::show_new_person)
        .post("/organisations/{slug}/people/new", handlers::add_person)
        .get("/organisations/{slug}/people/invitations/new", handlers::show_new_invitation)
        .post("/organisations/{slug}/people/invitations/new", handlers::send_invitation)
        .post("/organisations/{slug}/people/invitations/{invitation}/withdrawal", handlers::withdraw)
        .get("/invitations/{token}", handlers::show_invitation)
        .post("/invitations/{token}", handlers::accept);
}
