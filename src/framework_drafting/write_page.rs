//! The page on which a text of the draft is written, and what is shown when somebody else was there meanwhile.

use serde::Serialize;

use super::forms::TextForm;
use super::pages::{DRAFT, FRAMEWORKS};
use super::texts::{hint_of, home_of, is_a_line, most_of, name_of, text_address};
use crate::framework::{DraftText, FrontText, IndicatorPart};
use crate::web::{Filled, Link, Page, Sample, sample};

const NOT_SAVED: &str = "Your words are not saved: copy them if you want to keep them";
pub(super) const WRITTEN_MEANWHILE: &str = "Someone else saved this while you were writing";

/// One text.
#[derive(Serialize)]
pub struct WritePage {
    /// What it belongs to.
    caption: String,
    label: &'static str,
    hint: String,
    action: String,
    is_line: bool,
    /// What is in force, where that is another.
    now: Option<String>,
    /// What someone else wrote there meanwhile.
    pub theirs: Option<String>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl WritePage {
    pub fn new(which: &DraftText, caption: &str, now: Option<String>, form: Filled) -> Self {
        Self {
            caption: caption.to_owned(),
            label: name_of(which),
            hint: format!("{}. Up to {} characters", hint_of(which), most_of(which)),
            action: text_address(which),
            is_line: is_a_line(which),
            now,
            theirs: None,
            form,
            back: home_of(which),
        }
    }
}

impl Page for WritePage {
    const TEMPLATE: &'static str = "framework_drafting/write";
    fn title(&self) -> String {
        format!("{}: {}", self.label, self.caption)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// What someone wrote for a part that was taken out meanwhile, or for a draft that is no more.
#[derive(Serialize)]
pub struct GonePage {
    label: &'static str,
    form: Filled,
}

impl GonePage {
    /// With the words as they were typed.
    pub fn new(which: &DraftText, form: Filled) -> Self {
        Self { label: name_of(which), form: form.with_problem("text", NOT_SAVED) }
    }
}

impl Page for GonePage {
    const TEMPLATE: &'static str = "framework_drafting/gone";
    fn title(&self) -> String {
        "This is not in the draft any more".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(FRAMEWORKS)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let which = |part| DraftText::Indicator("exp-feel-safe".into(), part);
    let wrong = || Filled::blank(TextForm::FIELDS).with_problem("text", "Enter the words");
    let page = |part| {
        let mut page = WritePage::new(&which(part), "How safe is it?", Some("As it was.".into()), wrong());
        page.theirs = Some("As somebody else wrote it.".into());
        page
    };
    let front = DraftText::Front(FrontText::Introduction);
    vec![
        sample(&page(IndicatorPart::Question)),
        sample(&page(IndicatorPart::Why)),
        sample(&WritePage::new(&front, DRAFT, None, Filled::blank(TextForm::FIELDS))),
        sample(&GonePage::new(&front, Filled::default().with("text", "Words that took an hour."))),
    ]
}
