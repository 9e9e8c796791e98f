//! The words for questions and answers.

use crate::organisations::{
    Access, Day, District, IdScheme, Identifier, Language, LegalForm, NONE, Profile, Question, SEVERAL, Stage,
};
use crate::small_groups::Part;

pub fn legal_form_name(form: LegalForm) -> &'static str {
    match form {
        LegalForm::Unincorporated => "Community group or club with no legal form",
        LegalForm::Cio => "Charitable incorporated organisation (CIO)",
        LegalForm::RegisteredCharity => "Registered charity",
        LegalForm::Cic => "Community interest company (CIC)",
        LegalForm::CompanyLimitedByGuarantee => "Company limited by guarantee",
        LegalForm::FaithGroup => "Faith group",
        LegalForm::SchoolOrCollege => "School or college",
        LegalForm::LocalAuthority => "Local authority",
        LegalForm::Other => "Something else",
    }
}

/// A district's name.
pub fn district_name(word: &str, districts: &[District]) -> String {
    match word {
        SEVERAL => "More than one district".to_owned(),
        NONE => "No district".to_owned(),
        code => {
            let found = districts.iter().find(|district| district.code.as_str() == code);
            found.map_or_else(|| "A district that is no more".to_owned(), |district| district.name.clone())
        }
    }
}

/// Several categories that are shown as one, each by its name.
pub fn name_together(part: &Part, name: impl Fn(&str) -> String) -> String {
    let mut names: Vec<String> = part.iter().map(|word| name(word)).collect();
    names.sort();
    // Names have an “and” in them, so commas alone stand between.
    names.join(", ")
}

pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::New => "New: we started in the last two years",
        Stage::Growing => "Growing: we have run for a while and are building up",
        Stage::Settled => "Settled: we have run for years with steady ways of working",
    }
}

pub fn day_name(day: Day) -> &'static str {
    match day {
        Day::Monday => "Monday",
        Day::Tuesday => "Tuesday",
        Day::Wednesday => "Wednesday",
        Day::Thursday => "Thursday",
        Day::Friday => "Friday",
        Day::Saturday => "Saturday",
        Day::Sunday => "Sunday",
    }
}

pub(super) fn question_title(question: Question) -> &'static str {
    match question {
        Question::Name => "What is your organisation called?",
        Question::LegalForm => "What kind of organisation are you?",
        Question::Numbers => "Do you have a charity, company or other number?",
        Question::Description => "What do you do with young people?",
        Question::Activities => "Which of these do you offer?",
        Question::Ages => "How old are the young people you work with?",
        Question::Days => "On which days do you run?",
        Question::Districts => "Where do you work with young people?",
        Question::Postcode => "What is your postcode?",
        Question::SafeguardingLead => "Who is your safeguarding lead?",
        Question::Stage => "How far along is your organisation?",
        Question::Languages => "Which languages do your people speak?",
        Question::Access => "What can people count on when they come?",
        Question::Contact => "How can the public reach you?",
    }
}

/// What a question is called in a list of answers, and after “Change”.
pub fn row_name(question: Question) -> (&'static str, &'static str) {
    match question {
        Question::Name => ("Name", "name"),
        Question::LegalForm => ("Kind of organisation", "kind of organisation"),
        Question::Numbers => ("Charity, company and other numbers", "charity, company and other numbers"),
        Question::Description => ("What you do", "what you do"),
        Question::Activities => ("Activities", "activities"),
        Question::Ages => ("Ages", "ages"),
        Question::Days => ("Days", "days"),
        Question::Districts => ("Districts", "districts"),
        Question::Postcode => ("Postcode", "postcode"),
        Question::SafeguardingLead => ("Safeguarding lead", "safeguarding lead"),
        Question::Stage => ("Stage", "stage"),
        Question::Languages => ("Languages besides English", "languages"),
        Question::Access => ("Access", "access"),
        Question::Contact => ("Contact for the public", "contact for the public"),
    }
}

/// What a scheme's numbers are called.
pub fn scheme_name(scheme: IdScheme) -> &'static str {
    match scheme {
        IdScheme::CharityOfEnglandAndWales | IdScheme::CharityOfScotland | IdScheme::CharityOfNorthernIreland => {
            "Charity"
        }
        IdScheme::Company => "Company",
        IdScheme::School => "School, URN",
        IdScheme::LearningProvider => "Learning provider, UKPRN",
        IdScheme::LocalAuthority => "Local authority",
    }
}

/// `Charity 1123456, Company 01234567`.
pub fn say_identifiers(identifiers: &[Identifier]) -> String {
    let said = identifiers.iter().map(|id| format!("{} {}", scheme_name(id.scheme()), id.number()));
    said.collect::<Vec<_>>().join(", ")
}

/// Names of languages, in the order of the page.
pub fn say_languages(profile: &Profile) -> String {
    let spoken = Language::all().iter().filter(|language| profile.languages.contains(&language.id));
    spoken.map(|language| language.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What people can count on, a line each, with the note at the end.
pub fn say_access(profile: &Profile) -> Vec<&str> {
    let there = Access::all().iter().filter(|access| profile.access.contains(&access.id));
    there.map(|access| access.name.as_str()).chain(profile.organisation.access_note.as_deref()).collect()
}

/// The answer to a question in words; empty when it is open.
pub fn answer_text(profile: &Profile, question: Question) -> String {
    let organisation = &profile.organisation;
    let list = |names: Vec<&str>| names.join(", ");
    let lines = |parts: Vec<&str>| parts.join("\n");
    match question {
        Question::Name => organisation.name.clone(),
        Question::LegalForm => organisation.legal_form.map(legal_form_name).unwrap_or_default().to_owned(),
        Question::Numbers if organisation.has_no_number => "None".to_owned(),
        Question::Numbers => say_identifiers(&profile.identifiers),
        Question::Description => organisation.description.clone().unwrap_or_default(),
        Question::Activities => list(profile.activities.iter().map(|a| a.name.as_str()).collect()),
        Question::Ages => match (organisation.min_age, organisation.max_age) {
            (Some(min), Some(max)) => format!("{min} to {max}"),
            _ => String::new(),
        },
        Question::Days => list(profile.days.iter().map(|d| day_name(*d)).collect()),
        Question::Districts => list(profile.districts.iter().map(|d| d.name.as_str()).collect()),
        Question::Postcode => organisation.postcode.clone().unwrap_or_default(),
        Question::SafeguardingLead => {
            let parts = [&organisation.safeguarding_lead_name, &organisation.safeguarding_lead_email];
            list(parts.into_iter().flatten().map(String::as_str).collect())
        }
        Question::Stage => organisation.stage.map(stage_name).unwrap_or_default().to_owned(),
        Question::Languages => say_languages(profile),
        Question::Access => lines(say_access(profile)),
        Question::Contact => {
            let parts = [&organisation.website, &organisation.public_email, &organisation.phone];
            lines(parts.into_iter().flatten().map(String::as_str).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_together_are_named_one_by_one() {
        let part = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let name = |part: Part| name_together(&part, str::to_uppercase);
        assert_eq!(name(part(&["a"])), "A");
        assert_eq!(name(part(&["c", "a", "b"])), "A, B, C");
    }
}
