//! The pages of whoever asks to take over, and of whoever objects.

use actix_web::HttpResponse;

use super::contact::{CameBy, Contact};
use super::forms::{ObjectionForm, RescueForm};
use super::pages::{self, AskPage, GoneObjectionPage, MinePage, ObjectionPage, TakenPage};
use super::rescue::{NewRescue, Rescue, ask_to_take_over};
use crate::accounts::{Account, Seat, SignedIn, Visitor};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::organisations::{Member, MembershipRole, Organisation};
use crate::web::{Attempt, Filled, Path, Pressed, Submitted, redirect_with_notice};

/// How someone stands to a rescue of an organisation.
struct Scene {
    organisation: Organisation,
    member: Option<Member>,
    under_way: Option<(Rescue, Account)>,
    contact: Option<Contact>,
    latest: Option<Rescue>,
}

impl Scene {
    /// An organisation that is not approved exists for its members only.
    fn before(conn: &mut DbConnection, slug: &str, account: &Account) -> Result<Self> {
        let organisation = Organisation::find_by_slug(conn, slug)?;
        let member = Member::of_account(conn, organisation.id, account.id)?;
        if !organisation.is_approved() && member.is_none() {
            return Err(Error::NotFound);
        }
        let under_way = match Rescue::under_way(conn, organisation.id)? {
            Some(rescue) => Some((rescue.clone(), rescue.parties(conn)?.1)),
            None => None,
        };
        let contact = match &under_way {
            Some((rescue, _)) => Contact::of_account(conn, rescue.id, account.id)?,
            None => None,
        };
        let latest = Rescue::latest_of(conn, organisation.id, account.id)?;
        Ok(Self { organisation, member, under_way, contact, latest })
    }

    fn is_led_by_them(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.membership.role == MembershipRole::Lead)
    }
}

pub async fn show_taking_over(viewer: SignedIn, slug: Path<String>) -> Result<HttpResponse> {
    let scene = look(&viewer, &viewer.account, &slug).await?;
    match (&scene.under_way, &scene.contact) {
        (Some((rescue, _)), _) if rescue.asked_by == viewer.account.id => {
            viewer.show(&MinePage::new(&scene.organisation, rescue))
        }
        (Some((rescue, asker)), Some(contact)) => {
            let address = format!("/take-over/{}/objection", scene.organisation.slug);
            let form = Filled::blank(ObjectionForm::FIELDS);
            viewer.show(&ObjectionPage::new(&scene.organisation, rescue, asker, contact, address, form))
        }
        (Some(_), None) => viewer.show(&TakenPage::new(&scene.organisation)),
        (None, _) if scene.is_led_by_them() => Err(Error::NotAllowed),
        (None, _) => {
            let form = Filled::blank(RescueForm::FIELDS);
            viewer.show(&AskPage::new(&scene.organisation, scene.latest.as_ref(), form))
        }
    }
}

pub async fn ask(viewer: SignedIn, slug: Path<String>, form: Submitted<RescueForm>) -> Result<HttpResponse> {
    let scene = look(&viewer, &viewer.account, &slug).await?;
    if scene.is_led_by_them() {
        return Err(Error::NotAllowed);
    }
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => return viewer.refuse(&AskPage::new(&scene.organisation, scene.latest.as_ref(), form)),
    };
    viewer.count_attempt(Attempt::TakingOver, &viewer.account.id.to_string())?;
    let new = NewRescue {
        position: wanted.position.into_string(),
        engagement: wanted.engagement,
        reasons: wanted.reasons.into_string(),
    };
    let (organisation, account) = (scene.organisation, viewer.account.clone());
    viewer.act(move |act| ask_to_take_over(act, &organisation, &account, new)).await?.ok_or(Error::Conflict)?;
    Ok(redirect_with_notice(format!("/take-over/{slug}"), pages::ASKED))
}

pub async fn withdraw_rescue(viewer: SignedIn, slug: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let scene = look(&viewer, &viewer.account, &slug).await?;
    let (rescue, _) = scene.under_way.ok_or(Error::NotFound)?;
    viewer.act(move |act| rescue.withdraw(act)).await?;
    Ok(redirect_with_notice("/my", pages::WITHDRAWN))
}

pub async fn object_as_member(
    viewer: SignedIn,
    slug: Path<String>,
    form: Submitted<ObjectionForm>,
) -> Result<HttpResponse> {
    let scene = look(&viewer, &viewer.account, &slug).await?;
    let ((rescue, asker), contact) = scene.under_way.zip(scene.contact).ok_or(Error::NotFound)?;
    let address = format!("/take-over/{slug}/objection");
    match form.parsed() {
        Ok((form, _)) => {
            viewer.act(move |act| contact.object(act, &rescue, form.reason.as_str(), CameBy::Account)).await?;
            Ok(redirect_with_notice(format!("/take-over/{slug}"), pages::OBJECTED))
        }
        Err(form) => viewer.refuse(&ObjectionPage::new(&scene.organisation, &rescue, &asker, &contact, address, form)),
    }
}

pub async fn show_objection(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    match look_by_link(&visitor, &token).await {
        Ok((contact, rescue, organisation, asker)) => {
            let (address, form) = (format!("/objections/{token}"), Filled::blank(ObjectionForm::FIELDS));
            visitor.show(&ObjectionPage::new(&organisation, &rescue, &asker, &contact, address, form))
        }
        Err(Error::NotFound) => visitor.miss(&GoneObjectionPage {}),
        Err(other) => Err(other),
    }
}

pub async fn object_by_link(
    visitor: Visitor,
    token: Path<String>,
    form: Submitted<ObjectionForm>,
) -> Result<HttpResponse> {
    let (contact, rescue, organisation, asker) = look_by_link(&visitor, &token).await?;
    let address = format!("/objections/{token}");
    match form.parsed() {
        Ok((form, _)) => {
            visitor.act(move |act| contact.object(act, &rescue, form.reason.as_str(), CameBy::Link)).await?;
            Ok(redirect_with_notice(address, pages::OBJECTED))
        }
        Err(form) => visitor.refuse(&ObjectionPage::new(&organisation, &rescue, &asker, &contact, address, form)),
    }
}

async fn look(seat: &Seat, account: &Account, slug: &str) -> Result<Scene> {
    let (slug, account) = (slug.to_owned(), account.clone());
    seat.read(move |conn| Scene::before(conn, &slug, &account)).await
}

async fn look_by_link(seat: &Seat, token: &str) -> Result<(Contact, Rescue, Organisation, Account)> {
    let token = token.to_owned();
    seat.read(move |conn| {
        let (contact, rescue) = Contact::with_token(conn, &token)?;
        let (organisation, asker) = rescue.parties(conn)?;
        Ok((contact, rescue, organisation, asker))
    })
    .await
}
