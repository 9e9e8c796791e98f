//! What people type on the pages of the questions that may stay open: languages, access, and how the public reaches an
//! organisation.

use super::forms::QuestionForm;
use crate::ids::{AccessId, LanguageId};
use crate::organisations::{Access, Answer, Language, Profile, Question, Telephone, Website};
use crate::web::{Ask, Filled, Form, Sent};
use crate::words::{EmailAddress, Passage};

pub struct LanguagesForm(Vec<LanguageId>);
impl Form for LanguagesForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self(sent.choices("languages", |word| Language::find(word).map(|language| language.id.clone()))))
    }
}
impl QuestionForm for LanguagesForm {
    const QUESTION: Question = Question::Languages;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with_all("languages", profile.languages.iter().map(|id| id.as_str()))
    }
    fn into_answer(self) -> Answer {
        Answer::Languages(self.0)
    }
}

pub struct AccessForm {
    features: Vec<AccessId>,
    note: Option<Passage<500>>,
}
impl Form for AccessForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let features = sent.choices("access", |word| Access::find(word).map(|access| access.id.clone()));
        let note = sent.read_optional(Ask::new("access_note", "What else there is to say", ""), "", Passage::parse);
        Some(Self { features, note: note? })
    }
}
impl QuestionForm for AccessForm {
    const QUESTION: Question = Question::Access;
    fn filled(profile: &Profile) -> Filled {
        Filled::default()
            .with_all("access", profile.access.iter().map(|id| id.as_str()))
            .with("access_note", profile.organisation.access_note.clone().unwrap_or_default())
    }
    fn into_answer(self) -> Answer {
        Answer::Access { features: self.features, note: self.note.map(Passage::into_string) }
    }
}

pub struct ContactForm {
    website: Option<Website>,
    email: Option<EmailAddress>,
    phone: Option<Telephone>,
}
impl Form for ContactForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let website = sent.read_optional(
            Ask::new("website", "The website’s address", ""),
            "Enter a website’s address, like www.example.org",
            Website::parse,
        );
        let email = sent.read_optional(
            Ask::new("public_email", "The email address", ""),
            "Enter an email address in the correct format, like name@example.com",
            EmailAddress::parse,
        );
        let phone = sent.read_optional(
            Ask::new("phone", "The telephone number", ""),
            "Enter a telephone number, like 0115 496 0123",
            Telephone::parse,
        );
        Some(Self { website: website?, email: email?, phone: phone? })
    }
}
impl QuestionForm for ContactForm {
    const QUESTION: Question = Question::Contact;
    fn filled(profile: &Profile) -> Filled {
        let organisation = &profile.organisation;
        Filled::default()
            .with("website", organisation.website.clone().unwrap_or_default())
            .with("public_email", organisation.public_email.clone().unwrap_or_default())
            .with("phone", organisation.phone.clone().unwrap_or_default())
    }
    fn into_answer(self) -> Answer {
        Answer::Contact { website: self.website, email: self.email, phone: self.phone }
    }
}
