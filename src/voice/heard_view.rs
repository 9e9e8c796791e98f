//! What young people said, in words and bars, wherever it is shown.

use serde::Serialize;

use super::answer::{Age, Answer};
use super::heard::{Heard, RoundHeard, SafeGroup};
use crate::clock::{day_of, say_day};
use crate::db::DbConnection;
use crate::error::Result;
use crate::ids::{OrganisationId, StandardId, StatementId};

/// One question with what was said to it.
#[derive(Debug, Clone, Serialize)]
pub struct HeardView {
    question: String,
    /// `About 25 answered`, or that it were too few.
    base: String,
    bars: Vec<Bar>,
}

/// Those who said one thing, or one of several.
#[derive(Debug, Clone, Serialize)]
struct Bar {
    name: String,
    words: String,
    width: String,
}

pub(super) fn answer_name(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "Yes",
        Answer::Sometimes => "Sometimes",
        Answer::No => "No",
    }
}

pub(super) fn age_name(age: Age) -> &'static str {
    match age {
        Age::Under11 => "10 or younger",
        Age::From11 => "11 to 13",
        Age::From14 => "14 to 16",
        Age::From17 => "17 to 19",
        Age::Over19 => "20 or older",
    }
}

impl HeardView {
    pub fn of(heard: &Heard) -> Self {
        let (base, bars) = match &heard.told {
            None => ("Fewer than 5 answered this, so we do not say what".to_owned(), Vec::new()),
            Some((of, groups)) => (
                format!("About {of} answered"),
                groups.iter().map(|group| bar(group, *of, |at| answer_name(Answer::ALL[at]))).collect(),
            ),
        };
        Self { question: heard.words.clone(), base, bars }
    }

    /// How old they said they were, if that may be said.
    pub(super) fn of_ages(heard: &RoundHeard) -> Option<Self> {
        let groups = heard.ages.as_ref()?;
        let of = groups.iter().map(|(_, people)| people).sum();
        Some(Self {
            question: "How old they said they were".into(),
            base: format!("About {of} said"),
            bars: groups.iter().map(|group| bar(group, of, |at| age_name(Age::ALL[at]))).collect(),
        })
    }
}

/// What young people said in the last round that is over, to stand beside what their organisation says of itself.
pub struct SaidLately {
    closed_on: String,
    heard: RoundHeard,
}

/// The same about one standard, or one statement of the Charter.
#[derive(Debug, Clone, Serialize)]
pub struct SaidAbout {
    closed_on: String,
    heard: Vec<HeardView>,
}

impl SaidLately {
    /// `None` where no round is over.
    pub fn to(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        let last = RoundHeard::last_of(conn, organisation)?;
        Ok(last.map(|(round, heard)| Self {
            closed_on: round.closed_at.map(|at| say_day(day_of(at))).unwrap_or_default(),
            heard,
        }))
    }

    /// `None` where nothing was asked about it, or too few answered.
    pub fn about_standard(&self, standard: &StandardId) -> Option<SaidAbout> {
        self.about(|heard| heard.standard_id.as_ref() == Some(standard))
    }

    /// The same for a statement of the Charter.
    pub fn about_statement(&self, statement: &StatementId) -> Option<SaidAbout> {
        self.about(|heard| heard.statement_id.as_ref() == Some(statement))
    }

    fn about(&self, is_about_it: impl Fn(&Heard) -> bool) -> Option<SaidAbout> {
        let these = self.heard.questions.iter().filter(|heard| is_about_it(heard) && heard.told.is_some());
        let heard: Vec<HeardView> = these.map(HeardView::of).collect();
        (!heard.is_empty()).then(|| SaidAbout { closed_on: self.closed_on.clone(), heard })
    }
}

impl SaidAbout {
    /// For samples of the pages that show it.
    pub fn made_up() -> Self {
        let heard = super::round_pages::made_up_heard();
        Self { closed_on: "18 December 2026".into(), heard: vec![HeardView::of(&heard.questions[0])] }
    }
}

/// `Sometimes or no`.
pub(super) fn one_of(names: impl Iterator<Item = &'static str>) -> String {
    let names = names.enumerate().map(|(at, name)| if at == 0 { name.to_owned() } else { name.to_lowercase() });
    names.collect::<Vec<_>>().join(" or ")
}

fn bar((places, people): &SafeGroup, of: i64, name: impl Fn(usize) -> &'static str) -> Bar {
    Bar {
        name: one_of(places.clone().map(name)),
        words: if *people == 0 { "Nobody".into() } else { format!("About {people}") },
        width: format!("{}%", (people * 100 / of.max(1)).min(100)),
    }
}
