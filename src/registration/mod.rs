//! How an organisation comes into the programme: one question a page, a page to check the answers, and an
//! administrator of the VRP who approves or asks for more.
//! Nothing can be submitted while a question is open, and nothing changed while the VRP has it.
//! Not here: what an organisation is; `organisations` has that.

mod forms;
mod handlers;
mod pages;
mod question;
mod wording;

pub use pages::samples;
pub use question::Question;
pub use wording::{day_name, legal_form_name, stage_name};

use crate::web::Routes;
use forms::{
    ActivitiesForm, AgesForm, DaysForm, DescriptionForm, DistrictsForm, LegalFormForm, NameForm, NumbersForm,
    PostcodeForm, SafeguardingLeadForm, StageForm,
};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/new", handlers::show_beginning)
        .post("/organisations/new", handlers::begin)
        .get("/organisations/{slug}/registration", handlers::show_answers)
        .post("/organisations/{slug}/registration", handlers::submit)
        .get("/organisations/{slug}/registration/sent", handlers::show_sent)
        .get("/vrp/registrations", handlers::show_waiting)
        .get("/vrp/registrations/{slug}", handlers::show_registration)
        .post("/vrp/registrations/{slug}/approval", handlers::approve)
        .post("/vrp/registrations/{slug}/request", handlers::ask_for_more);
    question::<NameForm>(routes);
    question::<LegalFormForm>(routes);
    question::<NumbersForm>(routes);
    question::<DescriptionForm>(routes);
    question::<ActivitiesForm>(routes);
    question::<AgesForm>(routes);
    question::<DaysForm>(routes);
    question::<DistrictsForm>(routes);
    question::<PostcodeForm>(routes);
    question::<SafeguardingLeadForm>(routes);
    question::<StageForm>(routes);
}

fn question<F: forms::QuestionForm>(routes: &mut Routes<'_>) {
    let path = format!("/organisations/{{slug}}/registration/{}", F::QUESTION.as_str());
    routes.get(&path, handlers::show_question::<F>).post(&path, handlers::answer_question::<F>);
}
