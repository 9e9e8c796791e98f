//! What may be answered to a question, with what good looks like at each level and when "does not apply" may be chosen.

use super::answer::Judgement;
use super::pages::judgement_name;
use super::progress::{Applicability, Sheet};
use crate::framework::{Exemption, Indicator, Level, level_name};
use crate::web::Choice;

pub(super) fn options(sheet: &Sheet, indicator: &Indicator) -> Vec<Choice> {
    let level = |level: &Level| Choice::new(level.as_str(), level_name(*level)).with_hint(indicator.descriptor(*level));
    let not_yet = Choice::new(Judgement::NotYet.as_str(), judgement_name(Judgement::NotYet))
        .with_hint("We do not do this, or not yet as described under Emerging");
    let mut options = vec![not_yet];
    options.extend(Level::ALL.iter().map(level));
    if let Some(hint) = exemption_hint(sheet.applicability(indicator), indicator) {
        let name = judgement_name(Judgement::NotApplicable);
        options.push(Choice::new(Judgement::NotApplicable.as_str(), name).with_hint(hint));
    }
    options
}

/// When "does not apply" may be chosen; `None` when it may not.
fn exemption_hint(applicability: Applicability, indicator: &Indicator) -> Option<&'static str> {
    match (applicability, indicator.exemptions().first()) {
        (Applicability::Always, _) => None,
        (Applicability::UnlessExplained, Some(Exemption::NoPaidStaff)) => {
            Some("Your list of people shows paid staff, so say in the box below why it does not apply")
        }
        (Applicability::UnlessExplained, Some(Exemption::NoVolunteers)) => {
            Some("Your list of people shows volunteers, so say in the box below why it does not apply")
        }
        (Applicability::UnlessExplained, _) => Some("Say why in the box below"),
        (_, Some(Exemption::NoPremises)) => Some("You have no building or room that you use regularly"),
        (_, Some(Exemption::NoTrips)) => Some("You do not take young people on trips"),
        (_, Some(Exemption::NoPaidStaff)) => Some("You have no paid staff"),
        (_, Some(Exemption::NoVolunteers)) => Some("You have no volunteers"),
        (_, None) => Some("You need not say why"),
    }
}

/// Why it need not be answered.
pub(super) fn presumption(indicator: &Indicator) -> &'static str {
    match indicator.exemptions().first() {
        Some(Exemption::NoVolunteers) => "Your list of people shows no volunteers, so you need not answer this.",
        _ => "Your list of people shows no paid staff, so you need not answer this.",
    }
}
