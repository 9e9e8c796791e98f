//! The words for questions and answers of a registration.

use super::question::Question;
use crate::organisations::{Day, LegalForm, OrganisationState, Stage};

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
        Question::Numbers => "Do you have a charity or company number?",
        Question::Description => "What do you do with young people?",
        Question::Activities => "Which of these do you offer?",
        Question::Ages => "How old are the young people you work with?",
        Question::Days => "On which days do you run?",
        Question::Districts => "Where do you work with young people?",
        Question::Postcode => "What is your postcode?",
        Question::SafeguardingLead => "Who is your safeguarding lead?",
        Question::Stage => "How far along is your organisation?",
    }
}

/// What a question is called in a list of answers, and after “Change”.
pub(super) fn row_name(question: Question) -> (&'static str, &'static str) {
    match question {
        Question::Name => ("Name", "name"),
        Question::LegalForm => ("Kind of organisation", "kind of organisation"),
        Question::Numbers => ("Charity and company number", "charity and company number"),
        Question::Description => ("What you do", "what you do"),
        Question::Activities => ("Activities", "activities"),
        Question::Ages => ("Ages", "ages"),
        Question::Days => ("Days", "days"),
        Question::Districts => ("Districts", "districts"),
        Question::Postcode => ("Postcode", "postcode"),
        Question::SafeguardingLead => ("Safeguarding lead", "safeguarding lead"),
        Question::Stage => ("Stage", "stage"),
    }
}

pub(super) fn state_text(state: OrganisationState) -> &'static str {
    match state {
        OrganisationState::Draft => "Not sent yet",
        OrganisationState::Submitted => "With the VRP for approval",
        OrganisationState::MoreWanted => "The VRP has asked for more",
        OrganisationState::Approved => "Approved",
    }
}
