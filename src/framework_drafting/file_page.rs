//! The pages of a file that is to take the place of the draft: choosing it, what is wrong with it, and what it would
//! change.

use serde::Serialize;

use super::difference::Difference;
use super::forms::FileForm;
use super::pages::{DRAFT, made_up};
use super::reading::FileProblem;
use crate::framework::Comparison;
use crate::web::{Filled, Link, Page, Sample, sample};

/// Choosing a file.
#[derive(Serialize)]
pub struct UploadPage {
    form: Filled,
    problems: Vec<FileProblem>,
}

impl UploadPage {
    pub fn new(form: Filled, problems: Vec<FileProblem>) -> Self {
        Self { form, problems }
    }
}

impl Page for UploadPage {
    const TEMPLATE: &'static str = "framework_drafting/upload";
    fn title(&self) -> String {
        "Put a file in the place of the draft".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The draft", DRAFT))
    }
}

/// What it would change in the draft.
#[derive(Serialize)]
pub struct TrialPage {
    edition: i32,
    changes_something: bool,
    difference: Difference,
}

impl TrialPage {
    pub fn new(edition: i32, comparison: &Comparison) -> Self {
        Self {
            edition,
            changes_something: !comparison.is_as_before(),
            difference: Difference::of(comparison, "Draft".to_owned(), "File"),
        }
    }
}

impl Page for TrialPage {
    const TEMPLATE: &'static str = "framework_drafting/trial";
    const WIDE: bool = true;
    fn title(&self) -> String {
        "What the file would change".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The draft", DRAFT))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let seen = made_up();
    let problem = FileProblem { place: "Question exp-new".into(), text: "why is missing".into() };
    let wrong = Filled::blank(FileForm::FIELDS).with_problem("file", "Nothing was loaded");
    let before = seen.comparison.before.clone();
    let nothing = Comparison::between(before.clone(), before);
    vec![
        sample(&UploadPage::new(Filled::blank(FileForm::FIELDS), Vec::new())),
        sample(&UploadPage::new(wrong, vec![problem])),
        sample(&TrialPage::new(3, &seen.comparison)),
        sample(&TrialPage::new(3, &nothing)),
    ]
}
