//! Who can sign in to the demonstration, and what for.

use actix_web::HttpResponse;
use chrono::NaiveDateTime;
use serde::Serialize;

use super::script::{PASSWORD, SCRIPT};
use super::story::GUESTS;
use crate::accounts::{Account, Authenticator, Visitor};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::secrets::SecretKey;
use crate::web::{Page, Sample, sample};

/// Someone a visitor can be.
#[derive(Debug, Clone, Serialize)]
pub struct Guest {
    pub name: String,
    pub email: String,
    pub can: String,
    /// The organisation, if it is one's.
    pub place: Option<String>,
}

/// What the pretended telephone of someone shows now.
#[derive(Debug, Clone, Serialize)]
pub struct Telephone {
    name: String,
    email: String,
    code: String,
}

/// Everyone worth being, from the VRP first.
pub fn guests() -> Result<Vec<Guest>> {
    let officials = SCRIPT.vrp.iter().map(|person| {
        let (name, email, can) = (person.name.clone(), person.email.clone(), person.can.clone());
        Ok(Guest { name, email, can, place: None })
    });
    let members = GUESTS.iter().map(|(organisation, person, can)| {
        let written = SCRIPT.organisations.iter().find(|o| o.name == *organisation).ok_or(Error::NotFound)?;
        let found = written.staff.iter().find(|p| person.is_empty() || p.name == *person).ok_or(Error::NotFound)?;
        Ok(Guest {
            name: found.name.clone(),
            email: found.email()?.into_string(),
            can: (*can).to_owned(),
            place: Some(written.name.clone()),
        })
    });
    officials.chain(members).collect()
}

#[derive(Serialize)]
pub struct GuestsPage {
    guests: Vec<Guest>,
    telephones: Vec<Telephone>,
    password: &'static str,
}
impl Page for GuestsPage {
    const TEMPLATE: &'static str = "demonstration/guests";
    fn title(&self) -> String {
        "Who you can be".into()
    }
}

pub async fn show_guests(visitor: Visitor) -> Result<HttpResponse> {
    if !visitor.is_demonstration() {
        return Err(Error::NotFound);
    }
    let (secret, now) = (visitor.secret().clone(), visitor.now());
    let telephones = visitor.read(move |conn| read_telephones(conn, &secret, now)).await?;
    visitor.show(&GuestsPage { guests: guests()?, telephones, password: PASSWORD })
}

fn read_telephones(conn: &mut DbConnection, secret: &SecretKey, now: NaiveDateTime) -> Result<Vec<Telephone>> {
    let mut telephones = Vec::new();
    for written in &SCRIPT.vrp {
        let Some(account) = Account::find_by_email(conn, &written.email)? else { continue };
        let Some(found) = Authenticator::find_of(conn, account.id)?.filter(Authenticator::is_active) else { continue };
        let code = found.code_at(secret, &account, now)?;
        telephones.push(Telephone { name: account.name, email: account.email, code });
    }
    Ok(telephones)
}

pub(super) fn samples() -> Vec<Sample> {
    let guest = |place: Option<&str>| Guest {
        name: "Leanne Okafor".into(),
        email: "leanne.okafor@example.org".into(),
        can: "Lead of an organisation".into(),
        place: place.map(str::to_owned),
    };
    let telephone = Telephone { name: "Rob Ward".into(), email: "rob@vrp.example.org".into(), code: "482113".into() };
    let guests = vec![guest(None), guest(Some("The Hub"))];
    vec![sample(&GuestsPage { guests, telephones: vec![telephone], password: PASSWORD })]
}
