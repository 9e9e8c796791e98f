//! An answer that could not be saved as it was: somebody else has saved one meanwhile, or the question is asked no more.
//! What was typed is on the page.

use serde::Serialize;

use super::answer::Answer;
use super::judgement_choices::options;
use super::pages::{Home, judgement_name};
use super::progress::Sheet;
use crate::clock::say_instant;
use crate::framework::Indicator;
use crate::web::{Choice, Filled, Link, Page};

/// Two answers to one question.
#[derive(Serialize)]
pub struct StalePage {
    question: String,
    action: String,
    said_by: String,
    said_at: String,
    their_judgement: &'static str,
    their_narrative: String,
    framework: i32,
    form: Filled,
    options: Vec<Choice>,
    #[serde(skip)]
    back_to: String,
}

impl StalePage {
    pub fn new(
        home: &Home<'_>,
        sheet: &Sheet,
        indicator: &Indicator,
        stored: &Answer,
        said_by: String,
        form: Filled,
    ) -> Self {
        let mut options = options(sheet, indicator);
        options.iter_mut().for_each(|option| option.hint = None);
        Self {
            question: indicator.question.clone(),
            action: home.indicator(&indicator.id),
            said_by,
            said_at: say_instant(stored.answered_at),
            their_judgement: judgement_name(stored.judgement),
            their_narrative: stored.narrative.clone(),
            framework: sheet.framework.version.number,
            form: form
                .with("edition", stored.edition.to_string())
                .with_problem("narrative", "Make one answer of both, and save it"),
            options,
            back_to: home.evidence_of(&indicator.id),
        }
    }
}

impl Page for StalePage {
    const TEMPLATE: &'static str = "quality/stale";
    const WIDE: bool = true;
    fn title(&self) -> String {
        "Someone else saved this answer while you were writing".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Keep theirs", &self.back_to))
    }
}

/// What someone wrote for a question that is asked no more.
#[derive(Serialize)]
pub struct UnaskedPage {
    question: String,
    form: Filled,
    address: String,
}

impl UnaskedPage {
    /// With the words as they were typed.
    pub fn new(home: &Home<'_>, indicator: &Indicator, form: Filled) -> Self {
        let not_saved = "Your words are not saved: copy them if you want to keep them";
        Self {
            question: indicator.question.clone(),
            form: form.with_problem("narrative", not_saved),
            address: home.quality(),
        }
    }
}

impl Page for UnaskedPage {
    const TEMPLATE: &'static str = "quality/unasked";
    fn title(&self) -> String {
        "This question is not asked any more".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All questions", &self.address))
    }
}
