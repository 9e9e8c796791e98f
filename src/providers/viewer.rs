//! Who is asking, for a training provider. They see names and access needs of other organisations' people, so they
//! must have proved two things.

use actix_web::HttpRequest;

use super::provider::TrainingProvider;
use crate::accounts::{Account, HasTwoSteps, SignedIn};
use crate::error::{Error, Result};
use crate::viewer;

viewer! {
    /// Someone who runs sessions for at least one provider, signed in with two steps.
    Provider { account: Account, providers: Vec<TrainingProvider> } by Provider::admit
}

impl Provider {
    async fn admit(request: &HttpRequest) -> Result<Self> {
        let (seat, account) = SignedIn::admit(request).await?.into_seat();
        let id = account.id;
        let providers = seat.read(move |conn| TrainingProvider::all_of(conn, id)).await?;
        if providers.is_empty() {
            return Err(Error::NotAllowed);
        }
        match seat.has_two_steps() {
            HasTwoSteps::Yes => Ok(Self { seat, account, providers }),
            HasTwoSteps::No => Err(Error::SecondStepNeeded),
        }
    }
}
