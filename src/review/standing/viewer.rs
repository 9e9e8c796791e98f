//! Who is asking, about one endorsement.

use actix_web::HttpRequest;

use crate::accounts::{Role, SignedIn};
use crate::error::{Error, Result};
use crate::ids::EndorsementId;
use crate::organisations::Organisation;
use crate::quality::Assessment;
use crate::review::endorsement::Endorsement;
use crate::review::viewer::Independence;
use crate::viewer;

viewer! {
    /// A decider without a tie to the organisation, who proved lately who they are.
    EndorsementDecider { endorsement: Endorsement, organisation: Organisation, independence: Independence }
        by EndorsementDecider::admit
}

impl EndorsementDecider {
    async fn admit(request: &HttpRequest) -> Result<Self> {
        let (seat, account) = SignedIn::admit(request).await?.with_role(&[Role::Decider])?;
        let named = request.match_info().get("endorsement").and_then(|id| id.parse().ok());
        let (id, now): (EndorsementId, _) = (named.ok_or(Error::NotFound)?, seat.now());
        let (endorsement, organisation, independence) = seat
            .read(move |conn| {
                let endorsement = Endorsement::find(conn, id)?;
                let assessment = Assessment::find(conn, endorsement.assessment_id)?;
                let independence = Independence::establish(conn, account.id, &assessment, now)?;
                let organisation = Organisation::find(conn, endorsement.organisation_id)?;
                Ok((endorsement, organisation, independence))
            })
            .await?;
        seat.want_proof(request)?;
        Ok(Self { seat, endorsement, organisation, independence })
    }
}
