//! The pages on which the draft is written, one text a page, and what is shown when somebody else was there meanwhile.

use serde::Serialize;

use super::forms::{TextForm, WordingForm};
use super::pages::DRAFT;
use super::statement_page::statement_address;
use super::texts::{Reading, hint_of, is_a_line, name_of, wording_name};
use crate::charter::{DraftText, Wording};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

const NOT_SAVED: &str = "Your words are not saved: copy them if you want to keep them";
pub(super) const WRITTEN_MEANWHILE: &str = "Someone else saved this while you were writing";

pub(super) fn text_address(which: &DraftText) -> String {
    match which {
        DraftText::Front(front) => format!("{DRAFT}/texts/{}", front.as_str()),
        DraftText::Statement(id, part) => format!("{}/texts/{}", statement_address(id), part.as_str()),
    }
}

/// The page that a text is a part of.
pub(super) fn home_of(which: &DraftText) -> String {
    match which {
        DraftText::Front(_) => DRAFT.to_owned(),
        DraftText::Statement(id, _) => statement_address(id),
    }
}

/// One text.
#[derive(Serialize)]
pub struct WritePage {
    /// Of the statement, if it is one's.
    caption: String,
    label: &'static str,
    hint: &'static str,
    action: String,
    is_line: bool,
    /// What is in force, where that is another.
    now: Option<String>,
    /// What someone else wrote there meanwhile.
    pub theirs: Option<String>,
    reading: Option<Reading>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl WritePage {
    pub fn new(which: &DraftText, caption: &str, now: Option<String>, form: Filled) -> Self {
        Self {
            caption: caption.to_owned(),
            label: name_of(which),
            hint: hint_of(which),
            action: text_address(which),
            is_line: is_a_line(which),
            now,
            theirs: None,
            reading: Reading::of(which, &form.field("text").value),
            form,
            back: home_of(which),
        }
    }
}

impl Page for WritePage {
    const TEMPLATE: &'static str = "charter_drafting/write";
    fn title(&self) -> String {
        format!("{}: {}", self.caption, self.label)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Whose words the Charter is in.
#[derive(Serialize)]
pub struct WordingPage {
    choices: Vec<Choice>,
    form: Filled,
}

impl WordingPage {
    pub fn new(form: Filled) -> Self {
        let hint = |wording| match wording {
            Wording::MadeUp => "Everyone who reads the Charter is told that its words are not the real ones yet",
            Wording::Own => "Organisations pledge to these words",
        };
        let choice = |word: &Wording| Choice::new(word.as_str(), wording_name(*word)).with_hint(hint(*word));
        Self { choices: Wording::ALL.iter().map(choice).collect(), form }
    }
}

impl Page for WordingPage {
    const TEMPLATE: &'static str = "charter_drafting/wording";
    fn title(&self) -> String {
        "Whose words are they?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(DRAFT)
    }
}

/// What someone wrote for a statement that was taken out meanwhile, or for a draft that is no more.
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
    const TEMPLATE: &'static str = "charter_drafting/gone";
    fn title(&self) -> String {
        "This is not in the draft any more".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(super::pages::CHARTERS)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let page = |form, is_line, is_hard| WritePage {
        caption: "Respect".into(),
        label: "The statement",
        hint: "What organisations promise",
        action: "/vrp/charter/draft/statements/respect/texts/words".into(),
        is_line,
        now: Some("We will respect you.".into()),
        theirs: Some("We will be fair.".into()),
        reading: Some(Reading { line: "Reads at about age 12".into(), is_hard }),
        form,
        back: DRAFT.into(),
    };
    let wrong = || Filled::blank(TextForm::FIELDS).with_problem("text", "Enter the words");
    let unsaid = Filled::blank(WordingForm::FIELDS).with_problem("wording", "Select whose words they are");
    let which = DraftText::Front(crate::charter::FrontText::Introduction);
    vec![
        sample(&page(wrong(), false, true)),
        sample(&page(wrong(), true, false)),
        sample(&WordingPage::new(unsaid)),
        sample(&GonePage::new(&which, Filled::default().with("text", "We will be kind."))),
    ]
}
