//! Two pages, for anyone.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::pages::RegisterPage;
use super::pledge_page::PublicPledgePage;
use super::search::{Register, RegisterSearch};
use super::window::Window;
use crate::accounts::Visitor;
use crate::charter::{Pledge, PledgeInFull, Progress};
use crate::error::{Error, Result};
use crate::ids::DistrictCode;
use crate::organisations::Organisation;
use crate::voice::VoiceRound;
use crate::web::{Path, Query};
use crate::words::Line;

/// The filters of the register, as they stand in its address. What makes no sense filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RegisterQuery {
    pub q: String,
    pub district: String,
    /// The code of a pledge: the page after it, or the one before it.
    pub after: String,
    pub before: String,
}

impl RegisterQuery {
    pub fn search(&self) -> RegisterSearch {
        let window = match (word::<40>(&self.after), word::<40>(&self.before)) {
            (Some(after), _) => Window::After(after),
            (None, Some(before)) => Window::Before(before),
            (None, None) => Window::First,
        };
        let district = word::<40>(&self.district).map(|code| DistrictCode::from(code.as_str()));
        RegisterSearch { name: word::<100>(&self.q).unwrap_or_default(), district, window }
    }
}

/// Without what no database takes.
fn word<const MAX: u64>(typed: &str) -> Option<String> {
    Line::<MAX>::parse(typed).ok().map(Line::into_string)
}

pub async fn show_register(visitor: Visitor, query: Query<RegisterQuery>) -> Result<HttpResponse> {
    let search = query.search();
    let register = visitor.read(move |conn| Register::search(conn, &search)).await?;
    visitor.show(&RegisterPage::new(&register, &query))
}

pub async fn show_public_pledge(visitor: Visitor, code: Path<String>) -> Result<HttpResponse> {
    let (organisation, whole, progress, voice) = visitor
        .read(move |conn| {
            let pledge = Pledge::find_by_code(conn, &code)?.ok_or(Error::NotFound)?;
            let organisation = Organisation::find(conn, pledge.organisation_id)?;
            let progress = pledge.shows_progress.then(|| Progress::of(conn, pledge.id)).transpose()?;
            let voice = VoiceRound::last_answered(conn, organisation.id)?;
            Ok((organisation, PledgeInFull::of(conn, pledge)?, progress, voice))
        })
        .await?;
    visitor.show(&PublicPledgePage::new(&organisation, &whole, progress.as_ref(), voice))
}
