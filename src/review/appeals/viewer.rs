//! Who answers an appeal: an administrator or a decider who has no tie to the organisation and had no part in what is
//! appealed against.

use actix_web::HttpRequest;
use chrono::NaiveDateTime;

use super::appeal::Appeal;
use crate::accounts::{Account, Role, SignedIn};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, AppealId};
use crate::organisations::Organisation;
use crate::quality::Assessment;
use crate::review::review::Review;
use crate::review::viewer::Independence;
use crate::viewer;

const MAY_ANSWER: &[Role] = &[Role::Steward, Role::Decider];

/// Proof that someone has no tie, and had no part in what an appeal is against.
#[derive(Debug, Clone, Copy)]
pub struct FreshEyes {
    independence: Independence,
    appeal: AppealId,
}

impl FreshEyes {
    /// [`Error::NotAllowed`] for anyone else.
    pub fn establish(conn: &mut DbConnection, account: AccountId, appeal: &Appeal, at: NaiveDateTime) -> Result<Self> {
        if appeal.involves(account) {
            return Err(Error::NotAllowed);
        }
        let review = Review::find(conn, appeal.review_id)?;
        if review.has_been_with(conn, account)? {
            return Err(Error::NotAllowed);
        }
        let assessment = Assessment::find(conn, review.assessment_id)?;
        let independence = Independence::establish(conn, account, &assessment, at)?;
        Ok(Self { independence, appeal: appeal.id })
    }

    pub fn account(self) -> AccountId {
        self.independence.account()
    }

    /// Is it this appeal that they were checked for?
    pub(super) fn cover(self, appeal: &Appeal) -> Result<()> {
        if self.appeal == appeal.id { Ok(()) } else { Err(Error::NotAllowed) }
    }
}

viewer! {
    /// Someone who may answer appeals, before they have chosen one.
    AppealReader { account: Account } by async |request| {
        let (seat, account) = SignedIn::admit(request).await?.with_role(MAY_ANSWER)?;
        Ok(Self { seat, account })
    }
}
viewer! {
    /// Someone who may answer one appeal, and who proved lately who they are.
    AppealJudge { appeal: Appeal, organisation: Organisation, eyes: FreshEyes } by AppealJudge::admit
}

impl AppealJudge {
    async fn admit(request: &HttpRequest) -> Result<Self> {
        let (seat, account) = SignedIn::admit(request).await?.with_role(MAY_ANSWER)?;
        let named = request.match_info().get("appeal").and_then(|id| id.parse().ok());
        let (id, now): (AppealId, _) = (named.ok_or(Error::NotFound)?, seat.now());
        let (appeal, organisation, eyes) = seat
            .read(move |conn| {
                let appeal = Appeal::find(conn, id)?;
                let eyes = FreshEyes::establish(conn, account.id, &appeal, now)?;
                let organisation = Organisation::find(conn, appeal.organisation_id)?;
                Ok((appeal, organisation, eyes))
            })
            .await?;
        seat.want_proof(request)?;
        Ok(Self { seat, appeal, organisation, eyes })
    }
}
