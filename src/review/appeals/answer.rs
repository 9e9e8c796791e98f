//! Answering an appeal. Upheld against a decision, that is set aside and the assessment reviewed afresh by other people;
//! upheld against a suspension or a revocation, that is undone. Not upheld, everything stays as it is.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::appeal::{Appeal, AppealState};
use super::viewer::FreshEyes;
use crate::acts::Act;
use crate::db::schema::{review_appeals as appeals, reviews};
use crate::error::{Error, Result};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::quality::Assessment;
use crate::review::endorsement::Endorsement;
use crate::review::review::{Review, ReviewState};
use crate::review::standing::{EndorsementStep, RecordedStep};

#[derive(Serialize)]
struct UpheldLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    reasons: &'a str,
    /// Other people review it afresh; else what was done to the endorsement is undone.
    afresh: bool,
}
impl Letter for UpheldLetter<'_> {
    const NAME: &'static str = "appeal-upheld";
}

#[derive(Serialize)]
struct NotUpheldLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    reasons: &'a str,
}
impl Letter for NotUpheldLetter<'_> {
    const NAME: &'static str = "appeal-not-upheld";
}

impl Appeal {
    /// Answers it, once, with reasons; the leads are told.
    pub fn answer(&self, act: &mut Act<'_>, by: FreshEyes, upheld: bool, reasons: &str) -> Result<()> {
        by.cover(self)?;
        let state = if upheld { AppealState::Upheld } else { AppealState::NotUpheld };
        let answered = diesel::update(appeals::table.find(self.id))
            .filter(appeals::state.eq(AppealState::Waiting))
            .set((
                appeals::state.eq(state),
                appeals::answered_by.eq(by.account()),
                appeals::answered_at.eq(act.at),
                appeals::reasons.eq(reasons),
            ))
            .execute(act.conn)?;
        if answered == 0 {
            return Err(Error::Conflict);
        }
        let entry = if upheld { "appeal upheld" } else { "appeal not upheld" };
        act.record(entry, self.subject(), json!({ "against": self.against, "reasons": reasons }))?;
        match self.endorsement_id {
            _ if !upheld => {}
            None => self.set_decision_aside(act)?,
            Some(endorsement) => {
                let endorsement = Endorsement::find(act.conn, endorsement)?;
                self.undo_step(act, by, &endorsement, reasons)?;
            }
        }
        self.tell_answer(act, upheld, reasons)
    }

    /// The decision counts no longer. Where the organisation has begun another assessment since, that one goes on.
    fn set_decision_aside(&self, act: &mut Act<'_>) -> Result<()> {
        let set = diesel::update(reviews::table.find(self.review_id))
            .filter(reviews::state.eq(ReviewState::Decided))
            .filter(reviews::set_aside_at.is_null())
            .set(reviews::set_aside_at.eq(act.at))
            .execute(act.conn)?;
        if set == 0 {
            return Err(Error::Conflict);
        }
        let review = Review::find(act.conn, self.review_id)?;
        act.record("decision set aside", review.subject(self.organisation_id), json!({ "appeal": self.id }))?;
        match Assessment::latest_of(act.conn, self.organisation_id)? {
            Some(latest) if latest.id == review.assessment_id => latest.return_for_fresh_review(act),
            _ => Ok(()),
        }
    }

    /// As it would stand without what was done to it. Where something else was done since, that stays.
    fn undo_step(&self, act: &mut Act<'_>, by: FreshEyes, endorsement: &Endorsement, reasons: &str) -> Result<()> {
        let last = RecordedStep::last_of(act.conn, endorsement.id)?;
        if last.map(|last| last.number) != self.step_number {
            return Ok(());
        }
        let newer = Endorsement::in_force_of(act.conn, self.organisation_id)?;
        let step = match newer {
            Some(_) => EndorsementStep::Replace,
            None if endorsement.ends_on < act.today() => EndorsementStep::Lapse,
            None => EndorsementStep::Restore,
        };
        endorsement.take_step(act, step, Some(by.account()), reasons)
    }

    fn tell_answer(&self, act: &mut Act<'_>, upheld: bool, reasons: &str) -> Result<()> {
        let told = Organisation::find(act.conn, self.organisation_id)?;
        if told.is_closed() {
            return Ok(());
        }
        let (organisation, slug) = (told.name.as_str(), told.slug.as_str());
        match upheld {
            true => {
                let afresh = self.endorsement_id.is_none();
                told.tell_leads(act, &UpheldLetter { organisation, slug, reasons, afresh })
            }
            false => told.tell_leads(act, &NotUpheldLetter { organisation, slug, reasons }),
        }
    }
}
