//! The framework, to read.

use actix_web::HttpResponse;

use super::pages::FrameworkPage;
use super::version::Framework;
use crate::accounts::Visitor;
use crate::error::{Error, Result};
use crate::web::Path;

pub async fn show_framework(visitor: Visitor) -> Result<HttpResponse> {
    let framework = visitor.read(Framework::in_force).await?;
    visitor.show(&FrameworkPage::new(&framework))
}

/// An earlier version, or the one in force under its own number.
pub async fn show_version(visitor: Visitor, number: Path<String>) -> Result<HttpResponse> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let framework = visitor.read(move |conn| Framework::published(conn, number)).await?;
    visitor.show(&FrameworkPage::new(&framework))
}
