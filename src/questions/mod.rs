//! What an organisation is asked about itself: one question a page, the forms by which it answers, and the words for
//! questions and answers. Registration asks them, and the profile asks them again.
//! An answer that a form makes cannot be wrong by itself.
//! Not here: where answers go, and when; no address of its own.

mod forms;
mod identifiers_form;
mod pages;
mod welcome_forms;
mod wording;

pub use forms::{
    ActivitiesForm, AgesForm, DaysForm, DescriptionForm, DistrictsForm, LegalFormForm, NameForm, PostcodeForm,
    QuestionForm, SafeguardingLeadForm, StageForm,
};
pub use identifiers_form::NumbersForm;
pub use pages::{Asked, Meanwhile, Options, QuestionPage, keep_known, options_of, samples};
pub use welcome_forms::{AccessForm, ContactForm, LanguagesForm};
pub use wording::{
    answer_text, day_name, district_name, legal_form_name, name_together, row_name, say_access, say_identifiers,
    say_languages, scheme_name, stage_name,
};
