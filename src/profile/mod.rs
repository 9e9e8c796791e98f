//! What an organisation says of itself once it is in the programme. The public goes on reading what was published
//! last; leads change answers one by one, look at them together, and publish all of them in one act.
//! Nobody's change is lost when two leads work at the same time: they are told, and choose.
//! Not here: the questions, which `questions` has; the changes themselves, which `organisations` keeps.

mod forms;
mod handlers;
mod pages;

pub use pages::samples;

use crate::questions::{
    AccessForm, ActivitiesForm, AgesForm, ContactForm, DaysForm, DescriptionForm, DistrictsForm, LanguagesForm,
    LegalFormForm, NameForm, NumbersForm, PostcodeForm, QuestionForm, SafeguardingLeadForm, StageForm,
};
use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/profile", handlers::show_profile)
        .get("/organisations/{slug}/profile/changes", handlers::show_profile_changes)
        .post("/organisations/{slug}/profile/publication", handlers::publish_profile)
        .post("/organisations/{slug}/profile/changes/discarding", handlers::discard_all_changes)
        .post("/organisations/{slug}/profile/changes/{question}/discarding", handlers::discard_one_change);
    changeable::<NameForm>(routes);
    changeable::<LegalFormForm>(routes);
    changeable::<NumbersForm>(routes);
    changeable::<DescriptionForm>(routes);
    changeable::<ActivitiesForm>(routes);
    changeable::<AgesForm>(routes);
    changeable::<DaysForm>(routes);
    changeable::<DistrictsForm>(routes);
    changeable::<PostcodeForm>(routes);
    changeable::<SafeguardingLeadForm>(routes);
    changeable::<StageForm>(routes);
    changeable::<LanguagesForm>(routes);
    changeable::<AccessForm>(routes);
    changeable::<ContactForm>(routes);
}

fn changeable<F: QuestionForm>(routes: &mut Routes<'_>) {
    let path = format!("/organisations/{{slug}}/profile/{}", F::QUESTION.as_str());
    routes.get(&path, handlers::show_profile_question::<F>).post(&path, handlers::change_profile_answer::<F>);
}
