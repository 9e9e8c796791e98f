//! How far an assessment has come, what is left, and the level that its judgements support.
//! Progress is honest: it is whole only when nothing is left.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::answer::{Answer, Answers, Judgement};
use super::assessment::{Assessment, AssessmentState, ChangeRequest, ChangeState};
use super::evidence::Evidence;
use super::plan::{OpenActions, PlannedAction};
use crate::db::DbConnection;
use crate::db::schema::memberships;
use crate::error::{Error, Result};
use crate::files::StoredFile;
use crate::framework::{Exemption, Framework, Indicator, Level, Weight, indicators_as_asked_last};
use crate::ids::{IndicatorId, OrganisationId};
use crate::live_records::{RecordVerdict, verdicts_on};
use crate::organisations::{Engagement, MembershipState};

/// What an organisation's list of people says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Profile {
    pub paid_staff: bool,
    pub volunteers: bool,
}

/// Does an indicator apply to an organisation, and who says so?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// To every organisation; "not applicable" is no answer.
    Always,
    /// It does, unless the organisation explains why not.
    UnlessExplained,
    /// It does, unless the organisation says not: no reason is asked for.
    UnlessSaid,
    /// It does not, by the organisation's list of people. It may be answered all the same.
    PresumedNot,
}

/// Where one indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NotStarted,
    /// Brought from the assessment before; someone has to look at it again.
    ToLookAtAgain,
    /// Answered, and the question asks for something else by now; someone has to look at it again.
    AskedAnew,
    Answered(Judgement),
    /// Not answered, and it need not be.
    PresumedNotApplicable,
}

/// What may make a reviewer ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing is said in their own words.
    NoWords,
    /// It is met, and nothing shows it.
    NoEvidence,
    /// What the portal knew of it was met, and is out of date.
    RecordLapsed,
    /// All of it is older than two years.
    OldEvidence,
}

/// How many of a number of indicators are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub answered: usize,
    /// Without those that are presumed not to apply.
    pub wanted: usize,
}

impl Progress {
    pub fn is_complete(self) -> bool {
        self.answered == self.wanted
    }
}

impl Profile {
    pub fn of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Self> {
        let engagements: Vec<Engagement> = memberships::table
            .filter(memberships::organisation_id.eq(organisation))
            .filter(memberships::state.eq(MembershipState::Active))
            .select(memberships::engagement)
            .distinct()
            .load(conn)?;
        let mut profile = Self::default();
        engagements.into_iter().for_each(|engagement| profile.learn(engagement));
        Ok(profile)
    }

    /// There is someone who works like this.
    pub(super) fn learn(&mut self, engagement: Engagement) {
        self.paid_staff |= engagement == Engagement::Paid;
        self.volunteers |= engagement == Engagement::Volunteer;
    }

    /// Whether an indicator applies. Of premises and trips the portal knows nothing: there the organisation's word counts.
    pub fn applicability(self, indicator: &Indicator) -> Applicability {
        let exemptions = indicator.exemptions();
        let is_ruled_out = |exemption: &Exemption| match exemption {
            Exemption::NoPaidStaff => !self.paid_staff,
            Exemption::NoVolunteers => !self.volunteers,
            Exemption::NoPremises | Exemption::NoTrips => false,
        };
        let may_be_said = |exemption: &Exemption| matches!(exemption, Exemption::NoPremises | Exemption::NoTrips);
        if exemptions.iter().any(is_ruled_out) {
            Applicability::PresumedNot
        } else if exemptions.is_empty() && indicator.weight == Weight::Must {
            Applicability::Always
        } else if exemptions.iter().any(may_be_said) && !indicator.reason_needed {
            Applicability::UnlessSaid
        } else {
            Applicability::UnlessExplained
        }
    }
}

/// Everything about an assessment: the framework, what was said, what shows it, and what is asked.
pub struct Sheet {
    pub assessment: Assessment,
    pub framework: Framework,
    pub answers: Answers,
    /// What was answered and is asked no more, as it was asked last.
    pub retired: Vec<Indicator>,
    pub evidence: Vec<(Evidence, StoredFile)>,
    /// What a reviewer asked that is not settled yet.
    pub requests: Vec<ChangeRequest>,
    /// What was made of the portal's own records; looked at again every day.
    pub records: BTreeMap<IndicatorId, RecordVerdict>,
    /// What the organisation works towards.
    pub actions: OpenActions,
    pub profile: Profile,
}

impl Sheet {
    /// Eleven queries, however many indicators there are; one more where something is asked no more.
    pub fn of(conn: &mut DbConnection, assessment: &Assessment) -> Result<Self> {
        let framework = Framework::of_version(conn, assessment.framework_version_id)?;
        let answers = Answer::all_of(conn, assessment.id)?;
        let unasked: Vec<_> = answers.keys().filter(|id| framework.indicator(id).is_err()).cloned().collect();
        Ok(Self {
            assessment: assessment.clone(),
            retired: if unasked.is_empty() { Vec::new() } else { indicators_as_asked_last(conn, &unasked)? },
            framework,
            answers,
            evidence: Evidence::all_of(conn, assessment.id)?,
            requests: ChangeRequest::unsettled_of(conn, assessment.id)?,
            records: verdicts_on(conn, assessment.id)?,
            actions: PlannedAction::open_of(conn, assessment.organisation_id)?,
            profile: Profile::of(conn, assessment.organisation_id)?,
        })
    }

    /// What was made of the record that speaks to an indicator, if anything was.
    pub fn record(&self, indicator: &Indicator) -> Option<&RecordVerdict> {
        self.records.get(&indicator.id)
    }

    /// The organisation's latest assessment, in any state; not found when it never began one.
    pub fn latest_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Self> {
        let assessment = Assessment::latest_of(conn, organisation)?.ok_or(Error::NotFound)?;
        Self::of(conn, &assessment)
    }

    /// An indicator of this assessment's framework; not found if it has none of that id.
    pub fn indicator(&self, id: &IndicatorId) -> Result<&Indicator> {
        self.framework.indicator(id)
    }

    /// The same, or one that is asked no more and was answered.
    pub fn indicator_or_retired(&self, id: &IndicatorId) -> Result<&Indicator> {
        self.indicator(id).or_else(|_| self.retired.iter().find(|i| i.id == *id).ok_or(Error::NotFound))
    }

    /// Is it one of those that are asked no more?
    pub fn is_retired(&self, indicator: &Indicator) -> bool {
        self.indicator(&indicator.id).is_err()
    }

    /// Where an indicator was split from another: that one, with what was answered there.
    pub fn origin_of(&self, indicator: &Indicator) -> Option<(&Indicator, &Answer)> {
        let origin = self.indicator_or_retired(indicator.comes_from.as_ref()?).ok()?;
        Some((origin, self.answer(origin)?))
    }

    pub fn evidence_of(&self, indicator: &Indicator) -> impl Iterator<Item = &(Evidence, StoredFile)> {
        self.evidence.iter().filter(|(evidence, _)| evidence.indicator_id == indicator.id)
    }

    pub fn request_for(&self, indicator: &Indicator) -> Option<&ChangeRequest> {
        self.requests.iter().find(|request| request.indicator_id == indicator.id)
    }

    /// Can the answer and its evidence be changed now?
    pub fn is_open(&self, indicator: &Indicator) -> bool {
        match self.assessment.state() {
            AssessmentState::Draft => self.assessment.sealed_copy().is_none() && !self.is_retired(indicator),
            AssessmentState::ChangesRequested => self.request_for(indicator).is_some(),
            _ => false,
        }
    }

    pub fn applicability(&self, indicator: &Indicator) -> Applicability {
        self.profile.applicability(indicator)
    }

    pub fn answer(&self, indicator: &Indicator) -> Option<&Answer> {
        self.answers.get(&indicator.id)
    }

    pub fn standing(&self, indicator: &Indicator) -> Standing {
        match self.answer(indicator) {
            Some(answer) if answer.is_confirmed() => Standing::Answered(answer.judgement),
            Some(answer) if answer.asked_anew => Standing::AskedAnew,
            _ if self.applicability(indicator) == Applicability::PresumedNot => Standing::PresumedNotApplicable,
            Some(_) => Standing::ToLookAtAgain,
            None => Standing::NotStarted,
        }
    }

    /// How far some of the framework's indicators have come.
    pub fn progress<'a>(&self, indicators: impl IntoIterator<Item = &'a Indicator>) -> Progress {
        let mut progress = Progress::default();
        for indicator in indicators {
            match self.standing(indicator) {
                Standing::PresumedNotApplicable => {}
                Standing::Answered(_) => {
                    progress = Progress { answered: progress.answered + 1, wanted: progress.wanted + 1 }
                }
                Standing::NotStarted | Standing::ToLookAtAgain | Standing::AskedAnew => progress.wanted += 1,
            }
        }
        progress
    }

    /// Is something left to do here: to answer, or to change as a reviewer asked?
    pub fn is_gap(&self, indicator: &Indicator) -> bool {
        let is_asked = self.request_for(indicator).is_some_and(|request| request.state == ChangeState::Open);
        let standing = self.standing(indicator);
        is_asked || matches!(standing, Standing::NotStarted | Standing::ToLookAtAgain | Standing::AskedAnew)
    }

    /// What is left to do, in the order of the framework.
    pub fn gaps(&self) -> Vec<&Indicator> {
        self.framework.indicators.iter().filter(|indicator| self.is_gap(indicator)).collect()
    }

    /// The next gap after an indicator, going round to the first.
    pub fn gap_after(&self, indicator: &Indicator) -> Option<&Indicator> {
        let gaps = self.gaps();
        let others = || gaps.iter().copied().filter(|gap| gap.id != indicator.id);
        others().find(|gap| gap.position > indicator.position).or_else(|| others().next())
    }

    /// What a reviewer would stumble over in what claims a level, kindly said before it is submitted.
    pub fn doubts_about(&self, indicator: &Indicator, today: NaiveDate) -> Vec<Doubt> {
        let (Standing::Answered(judgement), Some(answer)) = (self.standing(indicator), self.answer(indicator)) else {
            return Vec::new();
        };
        if judgement.level().is_none() {
            return Vec::new();
        }
        let record = self.record(indicator);
        let mut evidence = self.evidence_of(indicator).peekable();
        let is_shown = evidence.peek().is_some() || record.is_some_and(RecordVerdict::stands);
        let doubts = [
            (Doubt::NoWords, answer.narrative.is_empty()),
            (Doubt::NoEvidence, !is_shown),
            (Doubt::RecordLapsed, record.is_some_and(RecordVerdict::has_lapsed)),
            (Doubt::OldEvidence, evidence.peek().is_some() && evidence.all(|(evidence, _)| evidence.is_old(today))),
        ];
        doubts.into_iter().filter(|(_, there)| *there).map(|(doubt, _)| doubt).collect()
    }

    /// What nobody answered because it does not apply.
    pub fn presumed_not_applicable(&self) -> impl Iterator<Item = &Indicator> {
        self.framework.indicators.iter().filter(|i| self.standing(i) == Standing::PresumedNotApplicable)
    }

    /// The level that the judgements support; what is not answered counts as not yet.
    pub fn level(&self) -> Option<Level> {
        self.level_in(&self.framework.indicators)
    }

    /// The level supported in a part of the framework, such as one area.
    pub fn level_in<'a>(&self, indicators: impl IntoIterator<Item = &'a Indicator>) -> Option<Level> {
        let judged = indicators.into_iter().map(|indicator| {
            let judgement = match self.standing(indicator) {
                Standing::Answered(judgement) => judgement,
                Standing::PresumedNotApplicable => Judgement::NotApplicable,
                Standing::NotStarted | Standing::ToLookAtAgain | Standing::AskedAnew => Judgement::NotYet,
            };
            (indicator.weight, judgement)
        });
        level_supported(judged)
    }
}

/// How many in a hundred *shoulds* have to reach a level.
const SHOULDS_PERCENT: usize = 80;

/// The highest level that judgements support: every *must* and at least 80 in 100 *shoulds* reach it and every
/// level before it. What is not applicable does not count; where nothing counts, no level is supported.
pub fn level_supported(judged: impl IntoIterator<Item = (Weight, Judgement)>) -> Option<Level> {
    let counting: Vec<_> = judged.into_iter().filter(|(_, judgement)| *judgement != Judgement::NotApplicable).collect();
    if counting.is_empty() {
        return None;
    }
    let supports = |level: &Level| {
        let reaches = |judgement: Judgement| judgement.level() >= Some(*level);
        let musts = counting.iter().filter(|(weight, _)| *weight == Weight::Must);
        let shoulds: Vec<_> = counting.iter().filter(|(weight, _)| *weight == Weight::Should).collect();
        let reached = shoulds.iter().filter(|(_, judgement)| reaches(*judgement)).count();
        musts.into_iter().all(|(_, judgement)| reaches(*judgement)) && reached * 100 >= shoulds.len() * SHOULDS_PERCENT
    };
    Level::ALL.iter().copied().take_while(supports).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `m` for a must and `s` for a should, each with the first letter of its judgement: `m3` would be Excelling.
    fn judged(words: &str) -> Vec<(Weight, Judgement)> {
        let one = |word: &str| {
            let (weight, judgement) = word.split_at(1);
            let weight = if weight == "m" { Weight::Must } else { Weight::Should };
            let judgement = match judgement {
                "0" => Judgement::NotYet,
                "1" => Judgement::Emerging,
                "2" => Judgement::Established,
                "3" => Judgement::Excelling,
                _ => Judgement::NotApplicable,
            };
            (weight, judgement)
        };
        words.split_whitespace().map(one).collect()
    }

    #[test]
    fn a_level_needs_every_must_and_four_in_five_shoulds() {
        use Level::{Emerging, Established, Excelling};
        for (words, expected) in [
            ("", None),
            ("m-", None),
            ("m- s-", None),
            ("m0", None),
            ("m1", Some(Emerging)),
            ("m3 m3 m3", Some(Excelling)),
            ("m3 m3 m1", Some(Emerging)),
            ("m3 m3 m0", None),
            ("m3 m-", Some(Excelling)),
            ("m2 s2 s2 s2 s2 s0", Some(Established)),
            ("m2 s2 s2 s2 s0 s0", None),
            ("m2 s2 s2 s2 s1 s1", Some(Emerging)),
            ("m2 s2 s2 s2 s0", None),
            ("m2 s2 s2 s2 s-", Some(Established)),
            ("m3 s3 s3 s3 s3 s2", Some(Excelling)),
            ("m2 s3 s3 s3 s3 s3", Some(Established)),
            ("s1", Some(Emerging)),
        ] {
            assert_eq!(level_supported(judged(words)), expected, "{words}");
        }
    }
}
