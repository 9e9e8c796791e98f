//! The pack for funders: what a lead sends someone who asks for due diligence, as one ZIP. It says what stands today and
//! how to check it, and holds the documents that the lead chose, as long as each is in date.
//! It names no worker and no young person: training is told in numbers.
//! Not here: everything an organisation put in, which is `organisation_data`.

mod forms;
mod handlers;
mod pages;
mod paper;
mod standing;

pub use pages::samples;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/funders-pack", handlers::show_pack)
        .post("/organisations/{slug}/funders-pack", handlers::send_pack);
}
