//! The questions in their order, and which of them an organisation has not answered yet.

use crate::organisations::Profile;
use crate::text_enum;

text_enum! {
    /// A question of the registration; its word stands in the address of its page.
    pub enum Question {
        Name = "name",
        LegalForm = "legal-form",
        Numbers = "numbers",
        Description = "description",
        Activities = "activities",
        Ages = "ages",
        Days = "days",
        Districts = "districts",
        Postcode = "postcode",
        SafeguardingLead = "safeguarding-lead",
        Stage = "stage",
    }
}

impl Question {
    /// The first question without an answer.
    pub fn first_open(profile: &Profile) -> Option<Self> {
        Self::ALL.iter().copied().find(|question| !question.is_answered(profile))
    }

    /// Where it is asked.
    pub fn address(self, slug: &str) -> String {
        format!("/organisations/{slug}/registration/{}", self.as_str())
    }

    fn is_answered(self, profile: &Profile) -> bool {
        let organisation = &profile.organisation;
        match self {
            Self::Name => !organisation.name.is_empty(),
            Self::LegalForm => organisation.legal_form.is_some(),
            Self::Numbers => {
                organisation.has_no_number
                    || organisation.charity_number.is_some()
                    || organisation.company_number.is_some()
            }
            Self::Description => organisation.description.is_some(),
            Self::Activities => !profile.activities.is_empty(),
            Self::Ages => organisation.min_age.is_some() && organisation.max_age.is_some(),
            Self::Days => !profile.days.is_empty(),
            Self::Districts => !profile.districts.is_empty(),
            Self::Postcode => organisation.postcode.is_some(),
            Self::SafeguardingLead => organisation.safeguarding_lead_email.is_some(),
            Self::Stage => organisation.stage.is_some(),
        }
    }
}
