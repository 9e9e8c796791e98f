//! Who is asking, about one assessment. A reviewer or decider with a tie to the organisation is turned away here; and a
//! decider who made the recommendation is. What they may do takes an [`Independence`], which cannot be had in any other
//! way than by the check.

use actix_web::HttpRequest;
use chrono::NaiveDateTime;

use super::interests::{Ties, has_lost_a_case, step_aside};
use super::review::{Review, ReviewState};
use crate::accounts::{Account, Role, Seat, SignedIn};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, AssessmentId};
use crate::organisations::{Organisation, Reader, concern_about, stands_for_writing};
use crate::quality::{Assessment, AssessmentState};
use crate::viewer;

/// Proof that someone has no tie to the organisation whose assessment this is.
#[derive(Debug, Clone, Copy)]
pub struct Independence {
    account: AccountId,
    assessment: AssessmentId,
}

impl Independence {
    /// [`Error::NotAllowed`] for someone with a tie.
    pub fn establish(
        conn: &mut DbConnection,
        account: AccountId,
        assessment: &Assessment,
        at: NaiveDateTime,
    ) -> Result<Self> {
        if Ties::of(conn, account, at)?.is_tied_to(assessment.organisation_id) {
            return Err(Error::NotAllowed);
        }
        Ok(Self { account, assessment: assessment.id })
    }

    pub fn account(self) -> AccountId {
        self.account
    }

    /// Is it about the assessment that this review is of?
    pub(super) fn covers(self, review: &Review) -> Result<()> {
        self.covers_assessment(review.assessment_id)
    }

    pub(super) fn covers_assessment(self, assessment: AssessmentId) -> Result<()> {
        if self.assessment == assessment { Ok(()) } else { Err(Error::NotAllowed) }
    }
}

/// What a review is about, before someone who is independent of it.
#[derive(Clone)]
pub struct Case {
    pub assessment: Assessment,
    pub organisation: Organisation,
    /// Once a reviewer has taken it.
    pub review: Option<Review>,
    /// Of the one who looks.
    pub independence: Independence,
    /// Do they review it, or did they once?
    pub had_it: bool,
}

impl Case {
    /// A case, once the organisation has submitted; before, there is none.
    pub fn open(conn: &mut DbConnection, account: AccountId, id: AssessmentId, at: NaiveDateTime) -> Result<Self> {
        let assessment = Assessment::find(conn, id)?;
        if assessment.state() == AssessmentState::Draft {
            return Err(Error::NotFound);
        }
        let independence = Independence::establish(conn, account, &assessment, at)?;
        let organisation = Organisation::find(conn, assessment.organisation_id)?;
        let review = Review::of_assessment(conn, id)?;
        let had_it = match &review {
            Some(review) => review.has_been_with(conn, account)?,
            None => false,
        };
        Ok(Self { assessment, organisation, review, independence, had_it })
    }

    /// Is the review that of the one who looks?
    pub fn is_theirs(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.reviewer_id == self.independence.account())
    }

    /// May the one who looks write findings now?
    pub fn may_write(&self) -> bool {
        let is_open = self.review.as_ref().is_some_and(|review| review.state() == ReviewState::Open);
        self.is_theirs() && is_open && self.assessment.state() == AssessmentState::InReview
    }

    /// Its review, for what can only be done to one.
    pub fn review(&self) -> Result<&Review> {
        self.review.as_ref().ok_or(Error::NotFound)
    }
}

viewer! {
    /// A reviewer without a tie. Whether they may write is for the verbs: only the one who took the review may.
    IndependentReviewer { case: Case } by async |request| {
        let (seat, case) = admit(request, &[Role::Reviewer]).await?;
        Ok(Self { seat, case })
    }
}
viewer! {
    /// A decider without a tie who did not recommend, and who proved lately who they are.
    IndependentDecider { case: Case } by async |request| {
        let (seat, case) = admit(request, &[Role::Decider]).await?;
        seat.want_proof(request)?;
        if case.had_it { Err(Error::NotAllowed) } else { Ok(Self { seat, case }) }
    }
}
viewer! {
    /// An administrator without a tie: for saying who reviews it.
    IndependentSteward { case: Case } by async |request| {
        let (seat, case) = admit(request, &[Role::Steward]).await?;
        Ok(Self { seat, case })
    }
}
viewer! {
    /// Either of them: for looking at evidence.
    IndependentAssessor { case: Case } by async |request| {
        let (seat, case) = admit(request, &[Role::Reviewer, Role::Decider]).await?;
        Ok(Self { seat, case })
    }
}

viewer! {
    /// Anyone who reviews, decides or administers for the VRP: for their own ties.
    RoleHolder { account: Account } by async |request| {
        let (seat, account) = SignedIn::admit(request).await?.with_role(Role::ALL)?;
        Ok(Self { seat, account })
    }
}

/// Whoever has got a tie to something that they review loses it now.
pub async fn take_lost_cases_from(seat: &Seat, reviewer: AccountId) -> Result<()> {
    let now = seat.now();
    if seat.read(move |conn| has_lost_a_case(conn, reviewer, now)).await? {
        seat.act_as_portal(move |act| step_aside(act, reviewer)).await?;
    }
    Ok(())
}

async fn admit(request: &HttpRequest, admitted: &[Role]) -> Result<(Seat, Case)> {
    let (seat, account) = SignedIn::admit(request).await?.with_role(admitted)?;
    let id: AssessmentId =
        request.match_info().get("assessment").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    let now = seat.now();
    let reviewer = seat.read(move |conn| Review::of_assessment(conn, id)).await?.filter(Review::is_running);
    if let Some(review) = reviewer {
        take_lost_cases_from(&seat, review.reviewer_id).await?;
    }
    let case = seat.read(move |conn| Case::open(conn, account.id, id, now)).await?;
    // Its review waits while an organisation is suspended or closed.
    stands_for_writing(request, &case.organisation)?;
    Ok(match concern_about(&case.organisation, Reader::Assessor) {
        Some(concern) => (seat.with_concern(concern), case),
        None => (seat, case),
    })
}
