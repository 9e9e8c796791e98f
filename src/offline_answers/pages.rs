//! The page to take the questionnaire along and to bring it back.

use serde::Serialize;

use super::forms::QuestionnaireForm;
use super::taking::Taken;
use super::upload::Upload;
use crate::clock::say_instant;
use crate::ids::OfflineUploadId;
use crate::organisations::Organisation;
use crate::quality::{Assessment, AssessmentState};
use crate::web::{Filled, Link, Page, Sample, count, sample};

pub(super) const CHOSEN: &str = "Your choices are kept";
pub(super) const NOTHING_CHOSEN: &str = "Nothing was chosen";
pub(super) const REMOVED: &str = "The file is removed. Nothing of it was saved";
pub(super) const LOOK_AGAIN: &str = "Nothing is saved: something has changed since you looked. Look through it again";

pub(super) fn say_taken(taken: Taken) -> String {
    format!("Saved from your spreadsheet: {}", say_numbers(taken.new, taken.changed))
}

pub(super) fn quality_of(slug: &str) -> String {
    format!("/organisations/{slug}/quality")
}

pub(super) fn offline_of(slug: &str) -> String {
    format!("{}/offline", quality_of(slug))
}

/// Where the dry run of an upload is.
pub(super) fn address_of(slug: &str, upload: OfflineUploadId) -> String {
    format!("{}/{upload}", offline_of(slug))
}

#[derive(Serialize)]
pub struct OfflinePage {
    organisation_name: String,
    /// Where the questionnaire is, while something can be answered.
    questionnaire: Option<String>,
    /// Only what the reviewer asked about can be answered.
    some_only: bool,
    may_bring: bool,
    action: String,
    papers: String,
    waiting: Vec<WaitingRow>,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

/// A file that was brought and is not confirmed.
#[derive(Serialize)]
struct WaitingRow {
    name: String,
    address: String,
    brought: String,
    until: String,
}

impl OfflinePage {
    pub fn new(
        organisation: &Organisation,
        running: &Assessment,
        waiting: &[(Upload, String)],
        may_bring: bool,
        form: Filled,
    ) -> Self {
        let (quality, action) = (quality_of(&organisation.slug), offline_of(&organisation.slug));
        let row = |(upload, by): &(Upload, String)| WaitingRow {
            name: upload.file_name.clone(),
            address: address_of(&organisation.slug, upload.id),
            brought: format!("{by}, {}", say_instant(upload.brought_at)),
            until: say_instant(upload.forgotten_at()),
        };
        Self {
            organisation_name: organisation.name.clone(),
            questionnaire: running.is_with_organisation().then(|| format!("{action}/questionnaire.xlsx")),
            some_only: running.state() == AssessmentState::ChangesRequested,
            may_bring,
            papers: format!("{quality}/papers"),
            waiting: waiting.iter().filter(|_| may_bring).map(row).collect(),
            action,
            form,
            back_to: quality,
        }
    }
}

impl Page for OfflinePage {
    const TEMPLATE: &'static str = "offline_answers/offline";
    fn title(&self) -> String {
        "Answer in a spreadsheet".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Quality self-assessment", &self.back_to))
    }
}

/// `12 answers new, 1 answer changed`.
pub(super) fn say_numbers(new: usize, changed: usize) -> String {
    let one = |n: usize, word: &str| (n > 0).then(|| format!("{} {word}", count(n, "answer", "answers")));
    [one(new, "new"), one(changed, "changed")].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn samples() -> Vec<Sample> {
    let action = offline_of("the-hub");
    let page = |open: bool, may_bring: bool, waiting, form| OfflinePage {
        organisation_name: "The Hub".into(),
        questionnaire: open.then(|| format!("{action}/questionnaire.xlsx")),
        some_only: !may_bring,
        may_bring,
        papers: "/organisations/the-hub/quality/papers".into(),
        waiting,
        action: action.clone(),
        form,
        back_to: quality_of("the-hub"),
    };
    let waiting = WaitingRow {
        name: "questionnaire filled in.xlsx".into(),
        address: format!("{action}/1"),
        brought: "Asha Patel, 24 November 2026 at 10:15am".into(),
        until: "1 December 2026 at 10:15am".into(),
    };
    let blank = || Filled::blank(QuestionnaireForm::FIELDS);
    vec![
        sample(&page(true, true, vec![waiting], blank())),
        sample(&page(true, true, Vec::new(), blank().with_problem("questionnaire", "Select the questionnaire"))),
        sample(&page(true, false, Vec::new(), blank())),
        sample(&page(false, true, Vec::new(), blank())),
    ]
}
