//! The VRP's pages of providers, and the invitation that their people open.

use actix_web::HttpResponse;

use super::forms::{INVITED_ALREADY, NAME_TAKEN, ProviderForm, ProviderPersonForm};
use super::pages::{
    self, GoneProviderInvitationPage, NewProviderPage, ProviderInvitationPage, ProviderPage, ProvidersPage,
};
use super::provider::{TrainingProvider, add_provider};
use super::provider_person::{ProviderPerson, accept_provider_invitation, invite_to_provider, provide_as_vrp};
use crate::accounts::{Seat, SignedIn, Steward, Visitor};
use crate::error::{Error, Result};
use crate::ids::{ProviderId, ProviderPersonId};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_providers(steward: Steward) -> Result<HttpResponse> {
    let providers = steward.read(TrainingProvider::all).await?;
    steward.show(&ProvidersPage::new(&providers))
}

pub async fn show_new_provider(steward: Steward) -> Result<HttpResponse> {
    steward.show(&NewProviderPage { form: Filled::blank(ProviderForm::FIELDS) })
}

pub async fn save_new_provider(steward: Steward, form: Submitted<ProviderForm>) -> Result<HttpResponse> {
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return steward.refuse(&NewProviderPage { form }),
    };
    let added = steward.act(move |act| add_provider(act, wanted.name.as_str(), wanted.about.as_str())).await?;
    match added {
        Some(provider) => {
            Ok(redirect_with_notice(pages::provider_address(provider.id), &pages::appointed_notice(&provider.name)))
        }
        None => steward.refuse(&NewProviderPage { form: filled.with_problem("name", NAME_TAKEN) }),
    }
}

pub async fn give_sessions_as_vrp(steward: Steward, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let account = steward.account.clone();
    steward.act(move |act| provide_as_vrp(act, &account)).await?;
    Ok(redirect_with_notice("/provider", pages::ACCEPTED))
}

pub async fn show_provider(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let page = lay_out_provider(&steward, &id, Filled::blank(ProviderPersonForm::FIELDS)).await?;
    steward.show(&page)
}

pub async fn send_provider_invitation(
    steward: Steward,
    id: Path<String>,
    form: Submitted<ProviderPersonForm>,
) -> Result<HttpResponse> {
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return steward.refuse(&lay_out_provider(&steward, &id, form).await?),
    };
    let provider: ProviderId = id.parse().map_err(|_| Error::NotFound)?;
    let invited = steward
        .act(move |act| {
            let provider = TrainingProvider::find(act.conn, provider)?;
            invite_to_provider(act, &provider, wanted.name.as_str(), &wanted.email)
        })
        .await?;
    match invited {
        Some(person) => {
            Ok(redirect_with_notice(pages::provider_address(provider), &pages::invited_notice(&person.name)))
        }
        None => {
            let form = filled.with_problem("email", INVITED_ALREADY);
            steward.refuse(&lay_out_provider(&steward, &id, form).await?)
        }
    }
}

pub async fn end_provider_person(
    steward: Steward,
    path: Path<(String, String)>,
    _: Submitted<Pressed>,
) -> Result<HttpResponse> {
    let provider: ProviderId = path.0.parse().map_err(|_| Error::NotFound)?;
    let person: ProviderPersonId = path.1.parse().map_err(|_| Error::NotFound)?;
    steward.act(move |act| ProviderPerson::find_in(act.conn, provider, person)?.end(act)).await?;
    Ok(redirect_with_notice(pages::provider_address(provider), pages::ENDED))
}

pub async fn show_provider_invitation(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), visitor.now());
    let asked = token.clone();
    let found = visitor
        .read(move |conn| {
            let person = ProviderPerson::find_invited(conn, now, &asked)?;
            let provider = TrainingProvider::find(conn, person.provider_id)?;
            Ok((person, provider))
        })
        .await;
    match found {
        Ok((person, provider)) => {
            let signed_in_as = visitor.account.as_ref().map(|account| account.name.clone());
            visitor.show(&ProviderInvitationPage::new(&person, &provider, &token, signed_in_as))
        }
        Err(Error::NotFound) => visitor.show(&GoneProviderInvitationPage {}),
        Err(other) => Err(other),
    }
}

pub async fn accept_to_provide(viewer: SignedIn, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let account = viewer.account.clone();
    viewer.act(move |act| accept_provider_invitation(act, &token, &account)).await?;
    Ok(redirect_with_notice("/provider", pages::ACCEPTED))
}

async fn lay_out_provider(seat: &Seat, id: &str, form: Filled) -> Result<ProviderPage> {
    let id: ProviderId = id.parse().map_err(|_| Error::NotFound)?;
    let (provider, people) =
        seat.read(move |conn| Ok((TrainingProvider::find(conn, id)?, ProviderPerson::all_of(conn, id)?))).await?;
    Ok(ProviderPage::new(&provider, &people, form, seat.now()))
}
