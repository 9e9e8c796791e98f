//! What is chosen about an indicator, not written: how it weighs, whom it is not for, whether it asks anew, and where it
//! belongs.

use serde::Serialize;

use super::forms::ChoiceForm;
use super::handlers::Seen;
use super::pages::made_up;
use super::texts::{exemption_name, indicator_address};
use crate::framework::{Chosen, Exemption, Indicator, Weight, weight_name};
use crate::ids::StandardId;
use crate::text_enum;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

text_enum! {
    /// What a page asks.
    pub enum WhatIsChosen {
        Weight = "weight",
        Exemptions = "exemptions",
        AsksAnew = "asks-anew",
        Standard = "standard",
    }
}

impl WhatIsChosen {
    pub fn name(self) -> &'static str {
        match self {
            Self::Weight => "How does it weigh?",
            Self::Exemptions => "Whom is it not for?",
            Self::AsksAnew => "Does its meaning change?",
            Self::Standard => "Which standard does it belong to?",
        }
    }

    pub fn missing(self) -> &'static str {
        match self {
            Self::Weight => "Select must or should",
            Self::Exemptions => "Select whether a reason is asked for",
            Self::AsksAnew => "Select whether organisations look at their answer again",
            Self::Standard => "Select a standard",
        }
    }

    /// The form with what is chosen now.
    pub fn as_chosen(self, indicator: &Indicator) -> Filled {
        let form = Filled::blank(ChoiceForm::FIELDS).with("seen", self.stored(indicator).mark());
        match self {
            Self::Weight => form.with("choice", indicator.weight.as_str()),
            Self::Exemptions => form
                .with("choice", if indicator.reason_needed { "yes" } else { "no" })
                .with_all("not_for", indicator.exemptions().into_iter().map(Exemption::as_str)),
            Self::AsksAnew => form.with("choice", if indicator.asks_anew { "yes" } else { "no" }),
            Self::Standard => form.with("choice", indicator.standard_id.as_str()),
        }
    }

    fn stored(self, indicator: &Indicator) -> Chosen {
        let kind = match self {
            Self::Weight => Chosen::Weight(Weight::Must),
            Self::Exemptions => Chosen::Exemptions { not_for: Vec::new(), reason_needed: true },
            Self::AsksAnew => Chosen::AsksAnew(true),
            Self::Standard => Chosen::Standard(indicator.standard_id.clone()),
        };
        kind.as_it_is(indicator)
    }

    /// What was chosen; `None` when nothing that there is.
    pub(super) fn read(self, seen: &Seen, typed: &ChoiceForm) -> Option<Chosen> {
        let is_yes = match typed.choice.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        Some(match self {
            Self::Weight => Chosen::Weight(Weight::parse(&typed.choice)?),
            Self::Exemptions => {
                let mut not_for = typed.not_for.clone();
                not_for.sort();
                not_for.dedup();
                Chosen::Exemptions { not_for, reason_needed: is_yes? }
            }
            Self::AsksAnew => Chosen::AsksAnew(is_yes?),
            Self::Standard => {
                let id = StandardId::from(typed.choice.as_str());
                seen.draft.standard(&id).ok()?;
                Chosen::Standard(id)
            }
        })
    }

    fn choices(self, seen: &Seen) -> Vec<Choice> {
        match self {
            Self::Weight => vec![
                Choice::new(Weight::Must.as_str(), weight_name(Weight::Must))
                    .with_hint("Every organisation needs it for its level"),
                Choice::new(Weight::Should.as_str(), weight_name(Weight::Should))
                    .with_hint("4 in 5 of these are needed for a level"),
            ],
            Self::Exemptions => vec![
                Choice::new("yes", "Yes").with_hint("Whoever says that it does not apply says why"),
                Choice::new("no", "No").with_hint("It is enough to say that it does not apply"),
            ],
            Self::AsksAnew => vec![
                Choice::new("no", "No, only its wording").with_hint("What organisations have answered counts as it is"),
                Choice::new("yes", "Yes, it asks for something else")
                    .with_hint("Whoever is writing a self-assessment keeps the answer and looks at it again"),
            ],
            Self::Standard => {
                let framework = &seen.draft.framework;
                let choice = |s: &crate::framework::Standard| {
                    let area = seen.draft.area(&s.area_id).map_or("", |area| area.title.as_str());
                    Choice::new(s.id.as_str(), s.title.as_str()).with_hint(area)
                };
                framework.standards.iter().map(choice).collect()
            }
        }
    }
}

/// One choice.
#[derive(Serialize)]
pub struct ChoicePage {
    question: String,
    heading: &'static str,
    action: String,
    is_about_exemptions: bool,
    exemptions: Vec<Choice>,
    choices: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl ChoicePage {
    pub(super) fn new(seen: &Seen, indicator: &Indicator, what: WhatIsChosen, form: Filled) -> Self {
        let back = indicator_address(&indicator.id);
        let exemption = |exemption: &Exemption| Choice::new(exemption.as_str(), exemption_name(*exemption));
        Self {
            question: indicator.question.clone(),
            heading: what.name(),
            action: format!("{back}/choices/{}", what.as_str()),
            is_about_exemptions: what == WhatIsChosen::Exemptions,
            exemptions: Exemption::ALL.iter().map(exemption).collect(),
            choices: what.choices(seen),
            form,
            back,
        }
    }
}

impl Page for ChoicePage {
    const TEMPLATE: &'static str = "framework_drafting/choice";
    fn title(&self) -> String {
        format!("{} {}", self.heading, self.question)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let seen = made_up();
    let indicator = &seen.draft.framework.indicators[0];
    let page = |what: &WhatIsChosen| {
        let form = what.as_chosen(indicator).with_problem("choice", what.missing());
        sample(&ChoicePage::new(&seen, indicator, *what, form))
    };
    WhatIsChosen::ALL.iter().map(page).collect()
}
