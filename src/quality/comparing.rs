//! What has changed since someone looked last: the copy sent now beside the one sent before, and beside the one that was
//! decided before. Whatever is the same in both is not spoken of. Not here: how it is said.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::answer::Judgement;
use super::assessment::{Assessment, AssessmentState};
use super::frozen::{FrozenAnswer, FrozenCopy, FrozenEvidence, StoredCopy};
use crate::db::DbConnection;
use crate::db::schema::{assessment_copies as copies, assessments};
use crate::error::Result;
use crate::ids::IndicatorId;

/// What is different in one answer; all empty in none that is given out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The question was not answered in the earlier copy.
    pub is_new: bool,
    /// What was judged before, where it is judged otherwise now.
    pub judged_before: Option<Judgement>,
    /// The words as they were, where they are other words now.
    pub words_before: Option<String>,
    /// The titles of what was added since.
    pub added: Vec<String>,
    /// The titles of what is gone.
    pub gone: Vec<String>,
    /// What the portal's records showed then, where they show something else now; empty when nothing was taken from them.
    pub record_before: Option<String>,
}

pub type Differences = BTreeMap<IndicatorId, Difference>;

/// What is compared with what an organisation says now.
#[derive(Debug, Clone, Default)]
pub struct Since {
    /// The copy that it sent before this one, when a reviewer asked for changes.
    pub sent_before: Option<Differences>,
    /// The last copy of the assessment that was decided before this one.
    pub decided_before: Option<Differences>,
}

impl FrozenCopy {
    /// What is different in this copy from an earlier one.
    pub fn differences_from(&self, earlier: &Self) -> Differences {
        let of = |(id, now): (&IndicatorId, &FrozenAnswer)| {
            let difference = match earlier.answers.get(id) {
                Some(before) => now.difference_from(before),
                None => Difference { is_new: true, ..Difference::default() },
            };
            (difference != Difference::default()).then(|| (id.clone(), difference))
        };
        self.answers.iter().filter_map(of).collect()
    }
}

impl FrozenAnswer {
    fn difference_from(&self, before: &Self) -> Difference {
        let only_in = |these: &[FrozenEvidence], those: &[FrozenEvidence]| {
            let is_there =
                |one: &FrozenEvidence| those.iter().any(|other| other.sha256 == one.sha256 && other.title == one.title);
            these.iter().filter(|one| !is_there(one)).map(|one| one.title.clone()).collect()
        };
        Difference {
            is_new: false,
            judged_before: (before.judgement != self.judgement).then_some(before.judgement),
            words_before: (before.narrative != self.narrative).then(|| before.narrative.clone()),
            added: only_in(&self.evidence, &before.evidence),
            gone: only_in(&before.evidence, &self.evidence),
            record_before: (before.record != self.record).then(|| before.record.clone().unwrap_or_default()),
        }
    }
}

impl Since {
    /// Compares what was signed last. Two queries.
    pub fn of(conn: &mut DbConnection, assessment: &Assessment) -> Result<Self> {
        let copies = StoredCopy::latest_of(conn, assessment.id, 2)?;
        let Some((last, earlier)) = copies.split_first() else { return Ok(Self::default()) };
        let now = last.open()?;
        let compared = |before: &StoredCopy| -> Result<Differences> { Ok(now.differences_from(&before.open()?)) };
        // Whatever was signed after it was first sent, a reviewer asked for; what came before was seen.
        let was_asked_for = assessment.submitted_at.is_some_and(|sent| last.made_at > sent);
        let seen = earlier.first().filter(|_| was_asked_for);
        let decided = last_decided_before(conn, assessment)?;
        Ok(Self {
            sent_before: seen.map(compared).transpose()?,
            decided_before: decided.as_ref().map(compared).transpose()?,
        })
    }
}

/// The last copy of the latest assessment of the same organisation that was concluded before this one began.
fn last_decided_before(conn: &mut DbConnection, assessment: &Assessment) -> Result<Option<StoredCopy>> {
    Ok(copies::table
        .inner_join(assessments::table)
        .filter(assessments::organisation_id.eq(assessment.organisation_id))
        .filter(assessments::state.eq_any([AssessmentState::Endorsed, AssessmentState::NotYet]))
        .filter(assessments::started_at.lt(assessment.started_at))
        .order((assessments::started_at.desc(), copies::number.desc()))
        .select(StoredCopy::as_select())
        .first(conn)
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(judgement: Judgement, narrative: &str, evidence: &[(&str, &str)]) -> FrozenAnswer {
        let piece = |(title, sha256): &(&str, &str)| FrozenEvidence {
            title: (*title).into(),
            sha256: (*sha256).into(),
            effective_on: None,
            address: None,
        };
        FrozenAnswer {
            judgement,
            narrative: narrative.into(),
            evidence: evidence.iter().map(piece).collect(),
            record: None,
        }
    }

    fn copy(answers: &[(&str, FrozenAnswer)]) -> FrozenCopy {
        let answers = answers.iter().map(|(id, answer)| (IndicatorId::from(*id), answer.clone())).collect();
        FrozenCopy { framework: 1, answers }
    }

    #[test]
    fn the_same_twice_has_no_difference() {
        let copy = copy(&[("exp-feel-safe", answer(Judgement::Emerging, "We ask.", &[("Poster", "aa")]))]);
        assert_eq!(copy.differences_from(&copy), Differences::new());
    }

    #[test]
    fn what_was_judged_written_and_shown_before_is_told() {
        let before = copy(&[
            ("exp-feel-safe", answer(Judgement::Emerging, "We ask.", &[("Poster", "aa"), ("Rota", "bb")])),
            ("org-policies", answer(Judgement::NotYet, "", &[])),
        ]);
        let now = copy(&[
            ("exp-feel-safe", answer(Judgement::Established, "We ask each term.", &[("Rota", "cc"), ("Poster", "aa")])),
            ("org-policies", answer(Judgement::NotYet, "", &[])),
            ("org-new", answer(Judgement::Emerging, "New.", &[])),
        ]);
        let told = now.differences_from(&before);
        assert_eq!(told.keys().map(IndicatorId::as_str).collect::<Vec<_>>(), ["exp-feel-safe", "org-new"]);
        let safe = Difference {
            is_new: false,
            judged_before: Some(Judgement::Emerging),
            words_before: Some("We ask.".into()),
            added: vec!["Rota".into()],
            gone: vec!["Rota".into()],
            record_before: None,
        };
        assert_eq!(told[&IndicatorId::from("exp-feel-safe")], safe, "another file under the same title is seen");
        assert!(told[&IndicatorId::from("org-new")].is_new);
    }
}
