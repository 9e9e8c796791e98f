//! What young people wrote, for a lead to read and judge.

use serde::Serialize;

use super::round_pages::Place;
use super::words::{Verdict, VoiceWords};
use crate::ids::VoiceRoundId;
use crate::web::{Link, Page, Sample, sample};

pub(super) const JUDGED_BY_ANOTHER: &str = "Somebody else has read that already";

pub(super) fn judged(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Keep => "Kept. Only your leads can read it, for three months after you stop asking",
        Verdict::Remove => "Removed for good",
        Verdict::Urgent => "Removed here, and noted as passed on. Give what you copied to your safeguarding lead now",
    }
}

/// Everything written in a round.
#[derive(Serialize)]
pub struct WordsPage {
    #[serde(flatten)]
    place: Place,
    round: VoiceRoundId,
    waiting: Vec<WordsView>,
    kept: Vec<WordsView>,
    safeguarding_lead: Option<String>,
}

#[derive(Serialize)]
struct WordsView {
    /// 1 for the first.
    number: usize,
    id: String,
    words: String,
}

impl WordsPage {
    pub fn new(place: Place, round: VoiceRoundId, words: &[VoiceWords], safeguarding_lead: Option<String>) -> Self {
        let view = |(number, words): (usize, &VoiceWords)| WordsView {
            number,
            id: words.id.to_string(),
            words: words.words.clone(),
        };
        let of = |is_waiting| {
            let these = words.iter().filter(|words| words.is_waiting() == is_waiting);
            (1..).zip(these).map(view).collect()
        };
        Self { place, round, waiting: of(true), kept: of(false), safeguarding_lead }
    }
}

impl Page for WordsPage {
    const TEMPLATE: &'static str = "voice/words";
    fn title(&self) -> String {
        "What they wrote".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.place.of_round(self.round))
    }
}

/// With words that wait and words that are kept, and with none.
pub fn samples() -> Vec<Sample> {
    let round = VoiceRoundId::new();
    let words = [
        VoiceWords::made_up("It is cold in the hall.", true),
        VoiceWords::made_up("I like the football.\nCan we do it twice?", false),
    ];
    vec![
        sample(&WordsPage::new(Place::made_up(), round, &words, Some("Dev Sharma".into()))),
        sample(&WordsPage::new(Place::made_up(), round, &[], None)),
    ]
}
