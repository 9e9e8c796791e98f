//! A review: one reviewer's work on one submitted assessment.
//!
//! | from | verb | to | who |
//! |---|---|---|---|
//! | | take, or be assigned | open | a reviewer without a tie |
//! | open | hand over | open | the reviewer, or an administrator without a tie |
//! | open | record finding | open | the reviewer |
//! | open | ask for changes | open | the reviewer |
//! | open, nothing left to look at | recommend | recommended | the reviewer |
//! | recommended | send back | open | a decider without a tie who did not recommend |
//! | recommended | decide | decided | the same, while the reviewer has no tie either |
//! | open, recommended | give back | (none) | the portal, when the reviewer has a tie or no account any more |
//!
//! A decided review is set aside when an appeal against its decision is upheld; others then take the assessment afresh.
//! While the organisation changes what was asked for, the assessment says so: the review stays open, and nothing can be
//! found or recommended until it comes back.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::finding::Desk;
use super::giving_back::GivenBack;
use super::interests::people_tied_to;
use super::viewer::Independence;
use crate::accounts::{Account, Role, role_holders};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, assessments, organisations, reviews};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, AssessmentId, IndicatorId, OrganisationId, ReviewId};
use crate::mail::Letter;
use crate::organisations::{Organisation, OrganisationStanding};
use crate::quality::{Assessment, AssessmentState, Level};
use crate::text_enum;

text_enum! {
    /// Where a review is.
    pub enum ReviewState { Open = "open", Recommended = "recommended", Decided = "decided" }
}

text_enum! {
    /// What a review can come to: a level, or not yet.
    pub enum Outcome {
        NotYet = "not_yet",
        Emerging = "emerging",
        Established = "established",
        Excelling = "excelling",
    }
}

impl Outcome {
    /// The level to endorse at, if any.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::NotYet => None,
            Self::Emerging => Some(Level::Emerging),
            Self::Established => Some(Level::Established),
            Self::Excelling => Some(Level::Excelling),
        }
    }
}

/// A review as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = reviews)]
pub struct Review {
    pub id: ReviewId,
    pub assessment_id: AssessmentId,
    pub reviewer_id: AccountId,
    pub(super) state: ReviewState,
    pub started_at: NaiveDateTime,
    pub recommended_level: Option<Outcome>,
    /// The reviewer's reasons.
    pub recommendation: Option<String>,
    pub recommended_at: Option<NaiveDateTime>,
    /// Why a decider sent the last recommendation back, if one did.
    pub sent_back_because: Option<String>,
    /// When an appeal set its decision aside: then the assessment is reviewed afresh.
    pub set_aside_at: Option<NaiveDateTime>,
}

/// A review in a list.
#[derive(Debug, Clone)]
pub struct ListedReview {
    pub review: Review,
    pub assessment: Assessment,
    pub organisation: Organisation,
    pub reviewer_name: String,
}

#[derive(Serialize)]
struct TakenLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    reviewer: &'a str,
}
impl Letter for TakenLetter<'_> {
    const NAME: &'static str = "review-taken";
}

#[derive(Serialize)]
struct RecommendedLetter<'a> {
    organisation: &'a str,
    assessment: AssessmentId,
    reviewer: &'a str,
}
impl Letter for RecommendedLetter<'_> {
    const NAME: &'static str = "review-recommended";
}

#[derive(Serialize)]
struct SentBackLetter<'a> {
    organisation: &'a str,
    assessment: AssessmentId,
    decider: &'a str,
    reason: &'a str,
}
impl Letter for SentBackLetter<'_> {
    const NAME: &'static str = "review-sent-back";
}

impl Review {
    /// Takes a submitted assessment into review; the organisation's leads are told by whom.
    pub fn take(act: &mut Act<'_>, assessment: &Assessment, by: Independence) -> Result<Self> {
        let review = Self {
            id: ReviewId::new(),
            assessment_id: assessment.id,
            reviewer_id: by.account(),
            state: ReviewState::Open,
            started_at: act.at,
            recommended_level: None,
            recommendation: None,
            recommended_at: None,
            sent_back_because: None,
            set_aside_at: None,
        };
        by.covers(&review)?;
        assessment.take_into_review(act)?;
        let added = unless_taken(act.conn, |conn| diesel::insert_into(reviews::table).values(&review).execute(conn))?;
        added.ok_or(Error::Conflict)?;
        let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
        // Whoever is given it declares what is in the way, if something is.
        let details = match act.by.account == Some(by.account()) {
            true => json!({ "declared": "no reason to be partial" }),
            false => json!({ "reviewer": by.account() }),
        };
        act.record("review begun", review.subject(organisation.id), details)?;
        let reviewer = Account::find(act.conn, by.account())?;
        review.tell_who_has_it(act, &organisation, &reviewer.name)?;
        Ok(review)
    }

    /// The organisation's leads read who reviews it.
    pub(super) fn tell_who_has_it(&self, act: &mut Act<'_>, organisation: &Organisation, reviewer: &str) -> Result<()> {
        let letter = TakenLetter { organisation: &organisation.name, slug: &organisation.slug, reviewer };
        organisation.tell_leads(act, &letter)
    }

    /// Sends the assessment back to the organisation with what to change, indicator by indicator, and why.
    pub fn ask_for_changes(&self, act: &mut Act<'_>, by: Independence, asked: &[(IndicatorId, String)]) -> Result<()> {
        self.hold_open_for(act, by)?;
        Assessment::find(act.conn, self.assessment_id)?.return_for_changes(act, asked)
    }

    /// Recommends, with reasons; the deciders are told. `None` while an indicator still has to be looked at.
    pub fn recommend(
        &self,
        act: &mut Act<'_>,
        by: Independence,
        outcome: Outcome,
        reasons: &str,
    ) -> Result<Option<()>> {
        let assessment = self.hold_open_for(act, by)?;
        if !Desk::lay_out(act.conn, &assessment, Some(self))?.wanting().is_empty() {
            return Ok(None);
        }
        diesel::update(reviews::table.find(self.id))
            .set((
                reviews::state.eq(ReviewState::Recommended),
                reviews::recommended_level.eq(outcome),
                reviews::recommendation.eq(reasons),
                reviews::recommended_at.eq(act.at),
                reviews::sent_back_because.eq(None::<String>),
            ))
            .execute(act.conn)?;
        assessment.recommend(act)?;
        let subject = self.subject(assessment.organisation_id);
        act.record("recommendation made", subject, json!({ "outcome": outcome, "reasons": reasons }))?;
        let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
        let reviewer = act.by.name.clone();
        let letter =
            RecommendedLetter { organisation: &organisation.name, assessment: assessment.id, reviewer: &reviewer };
        self.tell_deciders(act, &organisation, &letter).map(Some)
    }

    /// Gives the recommendation back to the reviewer, who is told why.
    pub fn send_back(&self, act: &mut Act<'_>, by: Independence, reason: &str) -> Result<()> {
        self.leave_recommended(act, by, ReviewState::Open)?;
        diesel::update(reviews::table.find(self.id)).set(reviews::sent_back_because.eq(reason)).execute(act.conn)?;
        let assessment = Assessment::find(act.conn, self.assessment_id)?;
        assessment.send_back_to_reviewer(act)?;
        let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
        act.record("recommendation sent back", self.subject(organisation.id), json!({ "reason": reason }))?;
        let reviewer = Account::find(act.conn, self.reviewer_id)?;
        if !reviewer.is_active() {
            return self.give_back(act, GivenBack::AccountClosed);
        }
        let decider = act.by.name.clone();
        let letter =
            SentBackLetter { organisation: &organisation.name, assessment: assessment.id, decider: &decider, reason };
        act.post(&reviewer.address(), &letter)
    }

    pub fn find(conn: &mut DbConnection, id: ReviewId) -> Result<Self> {
        Ok(reviews::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// The review of an assessment that counts, once there is one.
    pub fn of_assessment(conn: &mut DbConnection, assessment: AssessmentId) -> Result<Option<Self>> {
        Ok(reviews::table
            .filter(reviews::assessment_id.eq(assessment))
            .filter(reviews::set_aside_at.is_null())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// Those not decided yet that one reviewer has, the oldest first; 100 at most.
    pub fn running_with(conn: &mut DbConnection, reviewer: AccountId) -> Result<Vec<ListedReview>> {
        list_reviews(conn, Which::RunningWith(reviewer), 100, 0)
    }

    /// Those not decided yet that the others have, the oldest first; 100 at most.
    pub fn running_elsewhere(conn: &mut DbConnection, reviewer: AccountId) -> Result<Vec<ListedReview>> {
        list_reviews(conn, Which::RunningElsewhere(reviewer), 100, 0)
    }

    /// All that are not decided yet, the oldest first; 500 at most.
    pub fn all_running(conn: &mut DbConnection) -> Result<Vec<ListedReview>> {
        list_reviews(conn, Which::Running, 500, 0)
    }

    /// Those that wait for a decision, the longest wait first.
    pub fn waiting_for_decision(conn: &mut DbConnection, limit: i64, offset: i64) -> Result<Vec<ListedReview>> {
        list_reviews(conn, Which::ForDecision, limit, offset)
    }

    pub fn state(&self) -> ReviewState {
        self.state
    }

    /// Is it still to be decided?
    pub fn is_running(&self) -> bool {
        self.state != ReviewState::Decided
    }

    /// What audit entries about it are about.
    pub fn subject(&self, organisation: OrganisationId) -> Subject {
        Subject::within(organisation, "review", self.id)
    }

    /// Makes sure that the reviewer may write now, and until this act is over; gives the assessment back.
    pub(super) fn hold_open_for(&self, act: &mut Act<'_>, by: Independence) -> Result<Assessment> {
        by.covers(self)?;
        if by.account() != self.reviewer_id {
            return Err(Error::NotAllowed);
        }
        let held = diesel::update(reviews::table.find(self.id))
            .filter(reviews::state.eq(ReviewState::Open))
            .set(reviews::state.eq(ReviewState::Open))
            .execute(act.conn)?;
        let assessment = Assessment::find(act.conn, self.assessment_id)?;
        if held == 0 || assessment.state() != AssessmentState::InReview {
            return Err(Error::Conflict);
        }
        Ok(assessment)
    }

    /// Moves on from recommended. Whoever recommended, or had it before, is not allowed to.
    pub(super) fn leave_recommended(&self, act: &mut Act<'_>, by: Independence, to: ReviewState) -> Result<()> {
        by.covers(self)?;
        if self.has_been_with(act.conn, by.account())? {
            return Err(Error::NotAllowed);
        }
        if to == ReviewState::Decided {
            self.want_independent_recommender(act)?;
        }
        let moved = diesel::update(reviews::table.find(self.id))
            .filter(reviews::state.eq(ReviewState::Recommended))
            .filter(reviews::reviewer_id.ne(by.account()))
            .set(reviews::state.eq(to))
            .execute(act.conn)?;
        if moved == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// Nothing is decided on the word of someone who has got a tie since.
    fn want_independent_recommender(&self, act: &mut Act<'_>) -> Result<()> {
        let assessment = Assessment::find(act.conn, self.assessment_id)?;
        match Independence::establish(act.conn, self.reviewer_id, &assessment, act.at) {
            Err(Error::NotAllowed) => Err(Error::Conflict),
            other => other.map(drop),
        }
    }

    /// Everyone who may decide it has a letter.
    pub(super) fn tell_deciders<L: Letter>(
        &self,
        act: &mut Act<'_>,
        organisation: &Organisation,
        letter: &L,
    ) -> Result<()> {
        let tied = people_tied_to(act.conn, organisation.id, act.at)?;
        for (decider, role) in role_holders(act.conn)? {
            let may = role == Role::Decider && !tied.contains_key(&decider.id);
            if may && !self.has_been_with(act.conn, decider.id)? {
                act.post(&decider.address(), letter)?;
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Which {
    RunningWith(AccountId),
    RunningElsewhere(AccountId),
    Running,
    ForDecision,
}

fn list_reviews(conn: &mut DbConnection, which: Which, limit: i64, offset: i64) -> Result<Vec<ListedReview>> {
    let query = reviews::table
        .inner_join(assessments::table.inner_join(organisations::table))
        .inner_join(accounts::table)
        .limit(limit)
        .offset(offset)
        .select((Review::as_select(), Assessment::as_select(), Organisation::as_select(), accounts::name))
        .into_boxed();
    let running = reviews::state.eq_any([ReviewState::Open, ReviewState::Recommended]);
    let query = match which {
        Which::RunningWith(reviewer) => {
            query.filter(reviews::reviewer_id.eq(reviewer)).filter(running).order((reviews::started_at, reviews::id))
        }
        Which::RunningElsewhere(reviewer) => {
            query.filter(reviews::reviewer_id.ne(reviewer)).filter(running).order((reviews::started_at, reviews::id))
        }
        Which::Running => query
            .filter(running)
            .filter(organisations::standing.eq(OrganisationStanding::Open))
            .order((reviews::started_at, reviews::id)),
        Which::ForDecision => query
            .filter(reviews::state.eq(ReviewState::Recommended))
            .filter(organisations::standing.eq(OrganisationStanding::Open))
            .order((reviews::recommended_at, reviews::id)),
    };
    let rows: Vec<(Review, Assessment, Organisation, String)> = query.load(conn)?;
    let listed = |(review, assessment, organisation, reviewer_name)| ListedReview {
        review,
        assessment,
        organisation,
        reviewer_name,
    };
    Ok(rows.into_iter().map(listed).collect())
}
