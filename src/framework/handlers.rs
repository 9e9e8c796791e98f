//! The framework, to read.

use actix_web::HttpResponse;

use super::glossary::glossary;
use super::pages::FrameworkPage;
use super::version::Framework;
use crate::accounts::Visitor;
use crate::error::Result;

pub async fn show_framework(visitor: Visitor) -> Result<HttpResponse> {
    let (framework, terms) = visitor.read(|conn| Ok((Framework::in_force(conn)?, glossary(conn)?))).await?;
    visitor.show(&FrameworkPage::new(&framework, &terms))
}
