//! The dry run: what a filled-in questionnaire would change, and what is wrong with it, against the answers as they are now.
//! It changes nothing, and every row is counted once: the same, new, changed, to be chosen, or wrong.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Found};
use super::mark::{Mark, as_compared, mark_of_cells};
use super::reading::{FilledIn, FilledRow, LIMITS};
use super::wording::read_judgement;
use crate::ids::{AssessmentId, IndicatorId};
use crate::quality::{Answer, Applicability, Indicator, Judgement, MOST_WORDS, Said, Sheet};
use crate::words::{Flaw, Passage};

/// Where a formula went wrong, whichever program.
const ERRORS: &[&str] =
    &["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "Err:502", "Err:508", "Err:509"];

/// Which of two texts is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    Portal,
    File,
}

/// By question: which is kept, against which edition of the answer on the portal. Another edition is to be chosen anew.
pub type Choices = BTreeMap<IndicatorId, (Keep, i32)>;

/// An answer that would be saved.
#[derive(Debug, Clone)]
pub struct Change {
    pub indicator: IndicatorId,
    pub said: Said,
    /// Nobody has answered it yet in this assessment.
    pub is_new: bool,
}

/// Somebody saved another answer since the download.
#[derive(Debug, Clone)]
pub struct Conflict {
    pub indicator: IndicatorId,
    pub row: u32,
    pub stored: Answer,
    pub said: Said,
    pub chosen: Option<Keep>,
}

/// What a questionnaire would do.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    pub problems: Vec<Finding>,
    pub changes: Vec<Change>,
    /// Chosen or not; those in which the file is kept are among the changes too.
    pub conflicts: Vec<Conflict>,
    pub same: usize,
}

impl Checked {
    /// Can it be confirmed?
    pub fn is_ready(&self) -> bool {
        self.problems.is_empty() && !self.changes.is_empty() && self.unchosen() == 0
    }

    pub fn unchosen(&self) -> usize {
        self.conflicts.iter().filter(|conflict| conflict.chosen.is_none()).count()
    }

    pub fn count_new(&self) -> usize {
        self.changes.iter().filter(|change| change.is_new).count()
    }

    pub fn count_changed(&self) -> usize {
        self.changes.len() - self.count_new()
    }
}

/// Checks what was filled in; `ours` are all assessments of the organisation.
pub fn check_answers(sheet: &Sheet, filled: &FilledIn, choices: &Choices, ours: &BTreeSet<AssessmentId>) -> Checked {
    let mut checking = Checking {
        sheet,
        filled,
        choices,
        ours,
        questions: sheet.framework.indicators.iter().map(|i| (i.id.as_str(), i)).collect(),
        seen: HashMap::new(),
        whole: BTreeSet::new(),
        checked: Checked::default(),
    };
    checking.whole_file();
    // While nothing can be answered, nothing is said of single rows.
    let rows = filled.rows.iter().filter(|_| sheet.assessment.is_with_organisation());
    for row in rows {
        if let Err(finding) = checking.row(row) {
            checking.checked.problems.push(finding);
        }
    }
    let mut checked = checking.checked;
    checked.problems.sort_by_key(|finding| (finding.row, finding.column));
    checked
}

struct Checking<'a> {
    sheet: &'a Sheet,
    filled: &'a FilledIn,
    choices: &'a Choices,
    ours: &'a BTreeSet<AssessmentId>,
    questions: HashMap<&'a str, &'a Indicator>,
    /// The rows of questions so far.
    seen: HashMap<&'a str, u32>,
    /// Of the whole file it is said once: of which assessment and which framework.
    whole: BTreeSet<(AssessmentId, i32)>,
    checked: Checked,
}

impl<'a> Checking<'a> {
    fn whole_file(&mut self) {
        if !self.sheet.assessment.is_with_organisation() {
            self.checked.problems.push(Finding { row: None, column: None, what: Found::NotWithYou });
        }
        for (first_row, last_row, first_column, last_column) in &self.filled.merged {
            let what = Found::Merged { last_row: *last_row, last_column: *last_column };
            self.checked.problems.push(Finding { row: Some(*first_row), column: Some(*first_column), what });
        }
    }

    fn row(&mut self, row: &'a FilledRow) -> Result<(), Finding> {
        let at = |column: usize, what: Found| Finding { row: Some(row.number), column: Some(column), what };
        let columns = self.filled.columns;
        let mark: Mark = row.mark.parse().map_err(|_| at(columns.mark, Found::MarkMissing))?;
        if !self.is_of_this_assessment(&mark) {
            return Ok(());
        }
        let indicator = self.question(row).map_err(|what| at(columns.question, what))?;
        let judgement = read_judgement(&row.judgement)
            .map_err(|()| at(columns.judgement, Found::JudgementUnknown(row.judgement.clone())))?;
        let words = match Passage::<MOST_WORDS>::parse(&row.words) {
            Ok(words) => words.into_string(),
            Err(Flaw::Missing) => String::new(),
            Err(_) => return Err(at(columns.words, Found::TooLong)),
        };
        // Untouched since the download, or the same as what stands there by now.
        if mark.as_it_stood == mark_of_cells(judgement, &row.words) || self.stands_already(indicator, judgement, &words)
        {
            self.checked.same += 1;
            return Ok(());
        }
        let Some(judgement) = judgement else {
            // An answer cannot be taken back: without a judgement and without words, it stays.
            self.checked.same += usize::from(words.is_empty());
            return if words.is_empty() { Ok(()) } else { Err(at(columns.judgement, Found::JudgementMissing)) };
        };
        if ERRORS.contains(&words.as_str()) {
            return Err(at(columns.words, Found::ErrorOfTheProgram(words)));
        }
        let said = Said { judgement, narrative: words, edition_seen: mark.edition };
        self.may_be_said(indicator, &said).map_err(|what| match what {
            Found::ReasonMissing => at(columns.words, what),
            _ => at(columns.judgement, what),
        })?;
        self.take(row, indicator, said);
        Ok(())
    }

    /// Else it is a problem of the whole file, and said once.
    fn is_of_this_assessment(&mut self, mark: &Mark) -> bool {
        let now = self.sheet.framework.version.number;
        let what = match mark.assessment == self.sheet.assessment.id {
            true if mark.framework == now => return true,
            true => Found::FrameworkChanged { then: mark.framework, now },
            false if self.ours.contains(&mark.assessment) => Found::Earlier,
            false => Found::SomeoneElses,
        };
        if self.whole.insert((mark.assessment, mark.framework)) && self.whole.len() <= 3 {
            self.checked.problems.push(Finding { row: None, column: None, what });
        }
        false
    }

    fn question(&mut self, row: &'a FilledRow) -> Result<&'a Indicator, Found> {
        let id = row.question.as_str();
        let Some(indicator) = self.questions.get(id).copied() else {
            let was_asked = self.sheet.retired.iter().any(|retired| retired.id.as_str() == id);
            return Err(match id {
                "" => Found::QuestionMissing,
                _ if was_asked => Found::NotAsked,
                _ => Found::QuestionUnknown(id.to_owned()),
            });
        };
        match self.seen.insert(id, row.number) {
            Some(earlier_row) => Err(Found::Twice { earlier_row }),
            None => Ok(indicator),
        }
    }

    fn stands_already(&self, indicator: &Indicator, judgement: Option<Judgement>, words: &str) -> bool {
        self.sheet.answer(indicator).is_some_and(|answer| {
            let stored = LIMITS.as_read(&answer.narrative);
            answer.is_confirmed() && judgement == Some(answer.judgement) && as_compared(&stored) == as_compared(words)
        })
    }

    fn may_be_said(&self, indicator: &Indicator, said: &Said) -> Result<(), Found> {
        if !self.sheet.is_open(indicator) {
            return Err(Found::NotOpen);
        }
        match self.sheet.applicability(indicator) {
            _ if said.judgement != Judgement::NotApplicable => Ok(()),
            Applicability::Always => Err(Found::AppliesToAll),
            Applicability::UnlessExplained if said.narrative.is_empty() => Err(Found::ReasonMissing),
            _ => Ok(()),
        }
    }

    fn take(&mut self, row: &FilledRow, indicator: &Indicator, said: Said) {
        let stored = self.sheet.answer(indicator);
        let is_new = stored.is_none_or(|answer| answer.edition == 0);
        let edition = stored.map_or(0, |answer| answer.edition);
        let change = |said: &Said| Change {
            indicator: indicator.id.clone(),
            said: Said { edition_seen: edition, ..said.clone() },
            is_new,
        };
        let Some(stored) = stored.filter(|answer| answer.edition != said.edition_seen) else {
            self.checked.changes.push(change(&said));
            return;
        };
        let chosen = self.choices.get(&indicator.id).filter(|(_, against)| *against == edition).map(|(keep, _)| *keep);
        if chosen == Some(Keep::File) {
            self.checked.changes.push(change(&said));
        }
        let (indicator, stored) = (indicator.id.clone(), stored.clone());
        self.checked.conflicts.push(Conflict { indicator, row: row.number, stored, said, chosen });
    }
}
