//! How an organisation comes into the programme: one question a page, a page to check the answers, and an
//! administrator of the VRP who approves or asks for more.
//! Nothing can be submitted while a question is open, and nothing changed while the VRP has it.
//! Not here: what an organisation is, which `organisations` has; how it is asked, which `questions` has.

mod forms;
mod handlers;
mod pages;

pub use pages::samples;

use crate::organisations::{Answer, Organisation, Profile, Question};
use crate::questions::{
    ActivitiesForm, AgesForm, Asked, DaysForm, DescriptionForm, DistrictsForm, LegalFormForm, NameForm, NumbersForm,
    PostcodeForm, QuestionForm, SafeguardingLeadForm, StageForm,
};
use crate::web::Routes;

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

fn question<F: QuestionForm>(routes: &mut Routes<'_>) {
    let path = format!("/organisations/{{slug}}/registration/{}", F::QUESTION.as_str());
    routes.get(&path, handlers::show_question::<F>).post(&path, handlers::answer_question::<F>);
}

/// The first question of a registration without an answer.
pub fn first_open(profile: &Profile) -> Option<Question> {
    Question::for_registration().find(|question| Answer::in_profile(profile, *question).is_none())
}

/// Where a question of a registration is asked.
fn question_address(slug: &str, question: Question) -> String {
    format!("/organisations/{slug}/registration/{}", question.as_str())
}

/// A question as a registration asks it; back leads to the one before.
fn asked_in_registration(organisation: &Organisation, question: Question) -> Asked {
    let before = Question::for_registration().filter(|q| *q < question).last();
    Asked {
        question,
        action: question_address(&organisation.slug, question),
        caption: format!("Registering {}", organisation.name),
        back_to: before.map_or_else(|| "/my".to_owned(), |q| question_address(&organisation.slug, q)),
    }
}
