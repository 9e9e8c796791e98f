//! The audit trail of one endorsement, told as a story: who did what, when and why, from the first answer on.
//! It says nothing that is not in the trail, and leaves out no decision; findings in a row are told as one line.
//! Not here: the trail itself, which is `audit`.

mod page;
mod telling;

use actix_web::HttpResponse;

pub use page::samples;

use self::page::StoryPage;
use self::telling::tell_story;
use super::endorsement::Endorsement;
use super::viewer::Independence;
use crate::accounts::{Role, SignedIn};
use crate::error::{Error, Result};
use crate::ids::EndorsementId;
use crate::organisations::Organisation;
use crate::quality::Assessment;
use crate::viewer;

viewer! {
    /// An administrator or a decider without a tie to the organisation.
    StoryReader { endorsement: Endorsement, organisation: Organisation } by async |request| {
        let (seat, account) = SignedIn::admit(request).await?.with_role(&[Role::Steward, Role::Decider])?;
        let named = request.match_info().get("endorsement").and_then(|id| id.parse().ok());
        let (id, now): (EndorsementId, _) = (named.ok_or(Error::NotFound)?, seat.now());
        let (endorsement, organisation) = seat
            .read(move |conn| {
                let endorsement = Endorsement::find(conn, id)?;
                let assessment = Assessment::find(conn, endorsement.assessment_id)?;
                Independence::establish(conn, account.id, &assessment, now)?;
                let organisation = Organisation::find(conn, endorsement.organisation_id)?;
                Ok((endorsement, organisation))
            })
            .await?;
        Ok(Self { seat, endorsement, organisation })
    }
}

pub async fn show_story(reader: StoryReader) -> Result<HttpResponse> {
    let endorsement = reader.endorsement.clone();
    let lines = reader.read(move |conn| tell_story(conn, &endorsement)).await?;
    reader.show(&StoryPage::new(&reader.organisation, &reader.endorsement, &lines))
}
