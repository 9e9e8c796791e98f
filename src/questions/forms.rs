//! What people type on the pages of the questions that every organisation answers, and how it becomes an answer.

use crate::ids::{ActivityId, DistrictCode};
use crate::organisations::{Answer, Day, LegalForm, Postcode, Profile, Question, Stage};
use crate::web::{Ask, Filled, Form, Sent};
use crate::words::{EmailAddress, Line, Passage};

/// The oldest age that can be given, in years.
const OLDEST: i32 = 30;

/// The form of one question.
pub trait QuestionForm: Form {
    const QUESTION: Question;

    /// The form as it stands when the answer is this profile's.
    fn filled(profile: &Profile) -> Filled;

    fn into_answer(self) -> Answer;
}

pub struct NameForm {
    pub name: Line<120>,
}
impl Form for NameForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("name", "The name", "Enter the name of your organisation"));
        Some(Self { name: name? })
    }
}
impl QuestionForm for NameForm {
    const QUESTION: Question = Question::Name;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with("name", &profile.organisation.name)
    }
    fn into_answer(self) -> Answer {
        Answer::Name(self.name.into_string())
    }
}

pub struct LegalFormForm(LegalForm);
impl Form for LegalFormForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.choice("legal_form", "Select what kind of organisation you are", LegalForm::parse).map(Self)
    }
}
impl QuestionForm for LegalFormForm {
    const QUESTION: Question = Question::LegalForm;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with("legal_form", profile.organisation.legal_form.map_or("", LegalForm::as_str))
    }
    fn into_answer(self) -> Answer {
        Answer::LegalForm(self.0)
    }
}

pub struct DescriptionForm(Passage<1000>);
impl Form for DescriptionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.passage(Ask::new("description", "What you do", "Enter what you do with young people")).map(Self)
    }
}
impl QuestionForm for DescriptionForm {
    const QUESTION: Question = Question::Description;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with("description", profile.organisation.description.clone().unwrap_or_default())
    }
    fn into_answer(self) -> Answer {
        Answer::Description(self.0.into_string())
    }
}

pub struct ActivitiesForm(Vec<ActivityId>);
impl Form for ActivitiesForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let chosen = sent.choices("activities", |word| Some(ActivityId::from(word)));
        if chosen.is_empty() {
            return sent.refuse("activities", "Select at least one kind of activity");
        }
        Some(Self(chosen))
    }
}
impl QuestionForm for ActivitiesForm {
    const QUESTION: Question = Question::Activities;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with_all("activities", profile.activities.iter().map(|a| a.id.as_str()))
    }
    fn into_answer(self) -> Answer {
        Answer::Activities(self.0)
    }
}

pub struct AgesForm {
    min: i32,
    max: i32,
}
impl Form for AgesForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let min = read_age(sent, Ask::new("min_age", "The youngest age", "Enter the youngest age, in years"));
        let max = read_age(sent, Ask::new("max_age", "The oldest age", "Enter the oldest age, in years"));
        let (min, max) = (min?, max?);
        if min > max {
            return sent.refuse("max_age", "The oldest age must be the same as the youngest age, or more");
        }
        Some(Self { min, max })
    }
}
impl QuestionForm for AgesForm {
    const QUESTION: Question = Question::Ages;
    fn filled(profile: &Profile) -> Filled {
        let say = |age: Option<i32>| age.map(|a| a.to_string()).unwrap_or_default();
        Filled::default()
            .with("min_age", say(profile.organisation.min_age))
            .with("max_age", say(profile.organisation.max_age))
    }
    fn into_answer(self) -> Answer {
        Answer::Ages { min: self.min, max: self.max }
    }
}

pub struct DaysForm(Vec<Day>);
impl Form for DaysForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let days = sent.choices("days", Day::parse);
        if days.is_empty() {
            return sent.refuse("days", "Select at least one day");
        }
        Some(Self(days))
    }
}
impl QuestionForm for DaysForm {
    const QUESTION: Question = Question::Days;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with_all("days", profile.days.iter().map(|d| d.as_str()))
    }
    fn into_answer(self) -> Answer {
        Answer::Days(self.0)
    }
}

pub struct DistrictsForm(Vec<DistrictCode>);
impl Form for DistrictsForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let codes = sent.choices("districts", |word| Some(DistrictCode::from(word)));
        if codes.is_empty() {
            return sent.refuse("districts", "Select at least one district");
        }
        Some(Self(codes))
    }
}
impl QuestionForm for DistrictsForm {
    const QUESTION: Question = Question::Districts;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with_all("districts", profile.districts.iter().map(|d| d.code.as_str()))
    }
    fn into_answer(self) -> Answer {
        Answer::Districts(self.0)
    }
}

pub struct PostcodeForm(Postcode);
impl Form for PostcodeForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let ask = Ask::new("postcode", "Postcode", "Enter a postcode");
        sent.read(ask, "Enter a full UK postcode, like NG7 6LB", Postcode::parse).map(Self)
    }
}
impl QuestionForm for PostcodeForm {
    const QUESTION: Question = Question::Postcode;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with("postcode", profile.organisation.postcode.clone().unwrap_or_default())
    }
    fn into_answer(self) -> Answer {
        Answer::Postcode(self.0)
    }
}

pub struct SafeguardingLeadForm {
    name: Line<100>,
    email: EmailAddress,
}
impl Form for SafeguardingLeadForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("lead_name", "Their name", "Enter your safeguarding lead’s full name"));
        let email =
            sent.email(Ask::new("lead_email", "Their email address", "Enter your safeguarding lead’s email address"));
        Some(Self { name: name?, email: email? })
    }
}
impl QuestionForm for SafeguardingLeadForm {
    const QUESTION: Question = Question::SafeguardingLead;
    fn filled(profile: &Profile) -> Filled {
        let organisation = &profile.organisation;
        Filled::default()
            .with("lead_name", organisation.safeguarding_lead_name.clone().unwrap_or_default())
            .with("lead_email", organisation.safeguarding_lead_email.clone().unwrap_or_default())
    }
    fn into_answer(self) -> Answer {
        Answer::SafeguardingLead { name: self.name.into_string(), email: self.email }
    }
}

pub struct StageForm(Stage);
impl Form for StageForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.choice("stage", "Select how far along you are", Stage::parse).map(Self)
    }
}
impl QuestionForm for StageForm {
    const QUESTION: Question = Question::Stage;
    fn filled(profile: &Profile) -> Filled {
        Filled::default().with("stage", profile.organisation.stage.map_or("", Stage::as_str))
    }
    fn into_answer(self) -> Answer {
        Answer::Stage(self.0)
    }
}

fn read_age(sent: &mut Sent, ask: Ask<'_>) -> Option<i32> {
    let malformed = format!("{} must be a whole number from 0 to {OLDEST}", ask.called);
    sent.read(ask, &malformed, |typed| {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(crate::words::Flaw::Missing);
        }
        typed.parse().ok().filter(|age| (0..=OLDEST).contains(age)).ok_or(crate::words::Flaw::Malformed)
    })
}
