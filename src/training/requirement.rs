//! Who must have a module: everyone who meets one of its requirements. They are the VRP's to change.
//! Not here: what a module is.

use serde::{Deserialize, Serialize};

use crate::organisations::{Engagement, LegalForm, MembershipRole, Position};

/// One way of needing a module. All parts must hold; an empty list means that it makes no difference.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Requirement {
    pub roles: Vec<MembershipRole>,
    pub engagements: Vec<Engagement>,
    /// Only those who carry responsibility for the organisation.
    pub accountable: bool,
    /// The kinds of organisation.
    pub legal_forms: Vec<LegalForm>,
}

impl Requirement {
    pub fn is_met_by(&self, position: Position, legal_form: Option<LegalForm>) -> bool {
        admits(&self.roles, Some(position.role))
            && admits(&self.engagements, Some(position.engagement))
            && admits(&self.legal_forms, legal_form)
            && (position.accountable || !self.accountable)
    }
}

fn admits<T: PartialEq>(wanted: &[T], found: Option<T>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.contains(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_requirement_must_hold_and_an_empty_one_is_for_all() {
        let position = Position { role: MembershipRole::Lead, engagement: Engagement::Volunteer, accountable: false };
        let school = Some(LegalForm::SchoolOrCollege);
        assert!(Requirement::default().is_met_by(position, None));
        let volunteers = Requirement { engagements: vec![Engagement::Volunteer], ..Default::default() };
        assert!(volunteers.is_met_by(position, school));
        let in_charities = Requirement { legal_forms: vec![LegalForm::Cio], ..volunteers.clone() };
        assert!(!in_charities.is_met_by(position, school));
        assert!(!in_charities.is_met_by(position, None), "a kind that is not known is none of these");
        let responsible = Requirement { accountable: true, ..volunteers };
        assert!(!responsible.is_met_by(position, school));
        assert!(responsible.is_met_by(Position { accountable: true, ..position }, school));
    }
}
