//! What an organisation is asked about itself, in the order of asking.

use crate::text_enum;

text_enum! {
    /// A question; its word stands in the address of its page.
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
        Languages = "languages",
        Access = "access",
        Contact = "contact",
    }
}

impl Question {
    /// Must it be answered before the VRP approves? The others may be answered afterwards, or never.
    pub fn is_for_registration(self) -> bool {
        !matches!(self, Self::Languages | Self::Access | Self::Contact)
    }

    /// Those that must be answered before the VRP approves.
    pub fn for_registration() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|question| question.is_for_registration())
    }
}
