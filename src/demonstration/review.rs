//! Reviews in the demonstration: in a reviewer's hands, returned, recommended, decided, and endorsements that ended.

use super::cast::{Body, Cast};
use super::quality::{Aim, answer_some};
use super::script::SCRIPT;
use super::stage::Stage;
use super::story::{QualityPart, Story};
use crate::accounts::Account;
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::ids::IndicatorId;
use crate::quality::{Answer, Assessment, Level, Said, Sheet, Signed, StoredCopy, save_answer};
use crate::review::{
    Appeal, Contestable, Contested, Desk, Endorsement, Finding, FreshEyes, Independence, Interest, JudgedStep,
    NewFinding, Outcome, Review, lapse_due_endorsements,
};

/// What a reviewer writes where others can learn.
const GOOD_PRACTICE: &str =
    "Young people told us about this themselves, and it works on busy evenings too. Others can learn from it.";
/// An endorsement's three years, with the day after them.
const THREE_YEARS: i64 = 1097;

/// Plays what follows a draft: submitting, reviewing, deciding.
pub fn play_review(stage: &mut Stage<'_>, cast: &Cast, body: &Body, story: &Story) -> Result<()> {
    match story.quality {
        QualityPart::None | QualityPart::Draft(_) => Ok(()),
        QualityPart::Signed => sign_for_the_work(stage, body, Level::Established, false, 2).map(drop),
        QualityPart::Submitted => {
            let days = stage.number(3..20);
            submit(stage, body, Level::Established, false, days).map(drop)
        }
        QualityPart::InReview => {
            let assessment = submit(stage, body, Level::Established, false, 25)?;
            let mut review = Reviewing::take(stage, cast, &assessment, 12)?;
            review.look(stage, 30, 8)?;
            if let Some(other) = cast.reviewers.iter().find(|other| other.id != review.reviewer.id) {
                review.hand_over(stage, other, "I am on leave until the new year, and they should not wait.", 6)?;
            }
            review.look(stage, 50, 4)
        }
        QualityPart::ChangesRequested => {
            let assessment = submit(stage, body, Level::Established, false, 40)?;
            let mut review = Reviewing::take(stage, cast, &assessment, 30)?;
            review.look(stage, 100, 10)?;
            let asked = review.ask_for_changes(stage, 6)?;
            review.change(stage, body, &asked[..1], 3)
        }
        QualityPart::Returned => {
            let assessment = submit(stage, body, Level::Established, false, 40)?;
            let mut review = Reviewing::take(stage, cast, &assessment, 30)?;
            review.look(stage, 100, 20)?;
            let asked = review.ask_for_changes(stage, 18)?;
            review.change(stage, body, &asked, 10)?;
            let (lead, at) = (body.lead()?, stage.days_ago(9));
            let assessment = Assessment::find(stage.conn, assessment.id)?;
            stage.play_as(lead, at, |act| assessment.sign_for_the_work(act, lead, STATEMENT)).map(drop)
        }
        QualityPart::Recommended(level) => {
            let assessment = submit(stage, body, level, false, 50)?;
            let mut review = Reviewing::take(stage, cast, &assessment, 35)?;
            review.look(stage, 100, 15)?;
            review.recommend(stage, outcome_of(level), 8)
        }
        QualityPart::Endorsed(level, days) => {
            decide(stage, cast, body, level, false, days)?;
            if days > THREE_YEARS {
                let at = stage.days_ago(days - THREE_YEARS);
                while stage.play(&Actor::portal(), at, lapse_due_endorsements)? > 0 {}
            }
            Ok(())
        }
        QualityPart::NotYet => decide(stage, cast, body, Level::Emerging, true, 90),
        QualityPart::StartedAgain => {
            decide(stage, cast, body, Level::Emerging, true, 150)?;
            let at = stage.days_ago(20);
            stage.play_as(body.lead()?, at, |act| Assessment::begin(act, body.organisation.id)).map(drop)
        }
    }
}

/// Ties that people of the VRP declared: two that stand, and one that is over.
pub fn play_ties(stage: &mut Stage<'_>, cast: &Cast, bodies: &[&Body]) -> Result<()> {
    let reviewer = cast.reviewers.first().ok_or(Error::NotFound)?;
    for (account, named, words, days, over) in [
        (reviewer, "Cotgrave Second Shift", "My brother-in-law coaches there on Saturdays.", 40, None),
        (reviewer, "Arnold Lantern Youth Club", "I did their accounts as a volunteer.", 300, Some(200)),
        (&cast.decider, "East Leake Stage Left", "I gave money to their hall.", 25, None),
    ] {
        let body = bodies.iter().find(|body| body.organisation.name == named).ok_or(Error::NotFound)?;
        let at = stage.days_ago(days);
        stage.play_as(account, at, |act| Interest::declare(act, account.id, &body.organisation, words))?;
        if let Some(days) = over {
            let mut all = Interest::all_of(stage.conn, account.id)?.into_iter();
            let (interest, _) = all.find(|(_, of)| of.id == body.organisation.id).ok_or(Error::NotFound)?;
            let at = stage.days_ago(days);
            stage.play_as(account, at, |act| interest.withdraw(act))?;
        }
    }
    Ok(())
}

/// Endorsements that a decider suspended, took away, or suspended and gave back.
pub fn play_judging(stage: &mut Stage<'_>, cast: &Cast, bodies: &[&Body]) -> Result<()> {
    let words = [
        "Your safeguarding policy names someone who has left. Tell us who it is now, and we put this right at once.",
        "Two of your leads say that the club has stopped its sessions. Please come back to us when you begin again.",
        "Thank you for telling us who looks after safeguarding now.",
    ];
    for (named, judged, words, days) in [
        ("St Ann's Corner Boxing", JudgedStep::Suspend, words[0], 9),
        ("Newark Riverside Youth Hub", JudgedStep::Revoke, words[1], 12),
        ("Eastwood Ability Sports", JudgedStep::Suspend, words[0], 20),
        ("Oak Tree Sensory Saturdays", JudgedStep::Suspend, words[0], 60),
        ("Oak Tree Sensory Saturdays", JudgedStep::Reinstate, words[2], 45),
    ] {
        let body = bodies.iter().find(|body| body.organisation.name == named).ok_or(Error::NotFound)?;
        let endorsement = Endorsement::latest_of(stage.conn, body.organisation.id)?.ok_or(Error::NotFound)?;
        let assessment = Assessment::find(stage.conn, endorsement.assessment_id)?;
        let at = stage.days_ago(days);
        stage.play_as(&cast.decider, at, |act| {
            let free = Independence::establish(act.conn, cast.decider.id, &assessment, act.at)?;
            endorsement.judge(act, free, judged, words)
        })?;
    }
    Ok(())
}

/// Appeals: one that waits, one that was upheld and one that was not.
pub fn play_appeals(stage: &mut Stage<'_>, cast: &Cast, bodies: &[&Body]) -> Result<()> {
    let grounds = [
        "We never stopped our sessions: the hall was closed for repairs, and we met at the library. The letter from the \
         hall is among our documents.",
        "The policy was changed in March and names our new safeguarding lead. The reviewer had the old one.",
        "We think that the reviewer did not read what we wrote about supervision.",
    ];
    let answers = [
        "You are right: the new policy was on your page before we wrote to you. We are sorry for the worry.",
        "The reviewer read it and quotes it. What is missing is that it happens: notes of three sessions would show it.",
    ];
    for (named, contested, grounds, days, answer) in [
        ("Newark Riverside Youth Hub", Contested::Endorsement, grounds[0], 8, None),
        ("Eastwood Ability Sports", Contested::Endorsement, grounds[1], 16, Some((true, answers[0], 11))),
        ("Retford Canalside Canoe Group", Contested::Decision, grounds[2], 75, Some((false, answers[1], 55))),
    ] {
        let body = bodies.iter().find(|body| body.organisation.name == named).ok_or(Error::NotFound)?;
        let (lead, at) = (body.lead()?, stage.days_ago(days));
        let appeal = stage.play_as(lead, at, |act| {
            let found = Contestable::find(act.conn, body.organisation.id, contested, act.today())?;
            Appeal::lodge(act, lead.id, &body.organisation, &found.ok_or(Error::NotFound)?, grounds)
        })?;
        let (Some(appeal), Some((upheld, reasons, days))) = (appeal, answer) else { continue };
        let at = stage.days_ago(days);
        stage.play_as(&cast.steward, at, |act| {
            let eyes = FreshEyes::establish(act.conn, cast.steward.id, &appeal, act.at)?;
            appeal.answer(act, eyes, upheld, reasons)
        })?;
    }
    Ok(())
}

/// A whole journey that was decided so many days ago.
fn decide(stage: &mut Stage<'_>, cast: &Cast, body: &Body, level: Level, falls_short: bool, days: i64) -> Result<()> {
    let assessment = submit(stage, body, level, falls_short, days + 60)?;
    let mut review = Reviewing::take(stage, cast, &assessment, days + 45)?;
    review.look(stage, 100, days + 20)?;
    let outcome = if falls_short { Outcome::NotYet } else { outcome_of(level) };
    review.recommend(stage, outcome, days + 12)?;
    let reasons = if falls_short { &SCRIPT.words.decision_reasons_not_yet } else { &SCRIPT.words.decision_reasons };
    let reasons = stage.one_of(reasons)?;
    let (review, decider, at) = (&review.review, &cast.decider, stage.days_ago(days));
    stage.play_as(decider, at, |act| {
        let independence = Independence::establish(act.conn, decider.id, &assessment, act.at)?;
        review.decide(act, independence, outcome, reasons).map(drop)
    })
}

/// What both sides state, in words of the demonstration.
const STATEMENT: &str = "The answers are right as far as I know";

fn sign_for_the_work(
    stage: &mut Stage<'_>,
    body: &Body,
    level: Level,
    falls_short: bool,
    days: i64,
) -> Result<Assessment> {
    let assessment = answer_some(stage, body, Aim { level, falls_short }, days + 60, 100)?;
    let (lead, at) = (body.lead()?, stage.days_ago(days));
    match stage.play_as(lead, at, |act| assessment.sign_for_the_work(act, lead, STATEMENT))? {
        Signed::Sealed => Ok(assessment),
        other => Err(Error::unexpected(format!("{}: {other:?}", body.organisation.name))),
    }
}

fn submit(stage: &mut Stage<'_>, body: &Body, level: Level, falls_short: bool, days: i64) -> Result<Assessment> {
    let assessment = sign_for_the_work(stage, body, level, falls_short, days + 1)?;
    let (signatory, at) = (body.signatory()?, stage.days_ago(days));
    stage.play_as(signatory, at, |act| {
        let sealed = Assessment::find(act.conn, assessment.id)?;
        let copy = StoredCopy::find(act.conn, sealed.id, sealed.sealed_copy().ok_or(Error::Conflict)?)?;
        sealed.sign_for_governance(act, signatory, &copy.sha256, STATEMENT)
    })?;
    Assessment::find(stage.conn, assessment.id)
}

/// A reviewer at work.
struct Reviewing<'a> {
    reviewer: &'a Account,
    independence: Independence,
    review: Review,
    assessment: Assessment,
}

impl<'a> Reviewing<'a> {
    /// A reviewer without a tie takes it, so many days ago.
    fn take(stage: &mut Stage<'_>, cast: &'a Cast, assessment: &Assessment, days: i64) -> Result<Self> {
        let first = stage.number(0..2) as usize;
        let at = stage.days_ago(days);
        for reviewer in cast.reviewers.iter().cycle().skip(first).take(cast.reviewers.len()) {
            let Ok(independence) = Independence::establish(stage.conn, reviewer.id, assessment, at) else { continue };
            let review = stage.play_as(reviewer, at, |act| Review::take(act, assessment, independence))?;
            let assessment = Assessment::find(stage.conn, assessment.id)?;
            return Ok(Self { reviewer, independence, review, assessment });
        }
        Err(Error::unexpected("every reviewer has a tie"))
    }

    /// Somebody else has it from now on, who has no tie either.
    fn hand_over(&mut self, stage: &mut Stage<'_>, to: &'a Account, reason: &str, days: i64) -> Result<()> {
        let at = stage.days_ago(days);
        stage.play_as(self.reviewer, at, |act| self.review.hand_over(act, self.independence, to.id, reason))?;
        self.independence = Independence::establish(stage.conn, to.id, &self.assessment, at)?;
        self.review = Review::find(stage.conn, self.review.id)?;
        self.reviewer = to;
        Ok(())
    }

    /// Looks at so many in a hundred indicators.
    fn look(&mut self, stage: &mut Stage<'_>, hundredths: usize, days: i64) -> Result<()> {
        let desk = Desk::lay_out(stage.conn, &self.assessment, Some(&self.review))?;
        let wanting = desk.wanting();
        let looked_at = wanting.len() * hundredths / 100;
        for indicator in wanting.into_iter().take(looked_at) {
            let (finding, note) = match stage.number(0..10) {
                0..6 => (Finding::Agreed, ""),
                7 if desk.answer(indicator).is_some_and(|a| a.judgement.level() >= Some(Level::Established)) => {
                    (Finding::GoodPractice, GOOD_PRACTICE)
                }
                6..8 => (Finding::Agreed, stage.one_of(&SCRIPT.words.review_notes)?.as_str()),
                _ => (Finding::AgreedWithAdvice, stage.one_of(&SCRIPT.words.review_notes)?.as_str()),
            };
            let at = stage.days_ago(days);
            stage.play_as(self.reviewer, at, |act| {
                let mut found = NewFinding::new(finding, note);
                if finding == Finding::AgreedWithAdvice {
                    found = found.with_note_within(&SCRIPT.words.note_within);
                }
                self.review.record_finding(act, self.independence, &indicator.id, &found)
            })?;
        }
        Ok(())
    }

    /// Asks for three changes.
    fn ask_for_changes(&mut self, stage: &mut Stage<'_>, days: i64) -> Result<Vec<IndicatorId>> {
        let answers = Answer::all_of(stage.conn, self.assessment.id)?;
        let answered: Vec<&Answer> = answers.values().filter(|answer| !answer.narrative.is_empty()).collect();
        let mut asked: Vec<(IndicatorId, String)> = Vec::new();
        for (answer, request) in answered.iter().step_by(11).zip(&SCRIPT.words.change_requests).take(3) {
            asked.push((answer.indicator_id.clone(), request.clone()));
        }
        let at = stage.days_ago(days);
        stage.play_as(self.reviewer, at, |act| self.review.ask_for_changes(act, self.independence, &asked))?;
        Ok(asked.into_iter().map(|(indicator, _)| indicator).collect())
    }

    /// The organisation changes some of what was asked for.
    fn change(&self, stage: &mut Stage<'_>, body: &Body, which: &[IndicatorId], days: i64) -> Result<()> {
        let (lead, at) = (body.lead()?, stage.days_ago(days));
        let assessment = Assessment::find(stage.conn, self.assessment.id)?;
        let sheet = Sheet::of(stage.conn, &assessment)?;
        for asked in which {
            let (before, indicator) = (&sheet.answers[asked], sheet.framework.indicator(asked)?);
            let said = Said {
                judgement: before.judgement,
                narrative: format!("{}\nOur deputy stands in, and the number is on the wall.", before.narrative),
                edition_seen: before.edition,
            };
            stage.play_as(lead, at, |act| save_answer(act, &sheet, indicator, lead.id, &said))?;
        }
        Ok(())
    }

    fn recommend(&mut self, stage: &mut Stage<'_>, outcome: Outcome, days: i64) -> Result<()> {
        let words = &SCRIPT.words;
        let not_yet = outcome == Outcome::NotYet;
        let reasons = if not_yet { &words.recommendation_reasons_not_yet } else { &words.recommendation_reasons };
        let reasons = stage.one_of(reasons)?;
        let at = stage.days_ago(days);
        let made = |act: &mut crate::acts::Act<'_>| self.review.recommend(act, self.independence, outcome, reasons);
        stage.play_as(self.reviewer, at, made)?.ok_or(Error::Conflict)
    }
}

fn outcome_of(level: Level) -> Outcome {
    match level {
        Level::Emerging => Outcome::Emerging,
        Level::Established => Outcome::Established,
        Level::Excelling => Outcome::Excelling,
    }
}
