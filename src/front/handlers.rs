//! Showing the pages people arrive on, and telling a supervisor how the portal is.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::pages::{AccessibilityPage, CookiesPage, HomePage, PrivacyPage};
use crate::accounts::Visitor;
use crate::error::Result;

pub async fn show_home(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&HomePage::for_someone(visitor.account.as_ref()))
}

pub async fn show_accessibility(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&AccessibilityPage {})
}

pub async fn show_privacy(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&PrivacyPage::new(visitor.retention()))
}

pub async fn show_cookies(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&CookiesPage {})
}

/// Answers whenever the process does: a supervisor that hears nothing starts it again.
pub async fn say_alive(_: Visitor) -> HttpResponse {
    in_plain_text(StatusCode::OK, "live")
}

/// Answers only while the database and the file store do: a supervisor sends nobody here until then.
pub async fn say_ready(visitor: Visitor) -> HttpResponse {
    let asked = visitor.read(|conn| Ok(diesel::select(1.into_sql::<Integer>()).get_result::<i32>(conn)?)).await;
    if let Err(cause) = asked {
        tracing::error!(%cause, "not ready: the database does not answer");
        return in_plain_text(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer");
    }
    if let Err(cause) = visitor.check_files().await {
        tracing::error!(%cause, "not ready: no file can be stored");
        return in_plain_text(StatusCode::SERVICE_UNAVAILABLE, "no file can be stored");
    }
    in_plain_text(StatusCode::OK, "ready")
}

fn in_plain_text(status: StatusCode, word: &'static str) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/plain; charset=utf-8")
        .insert_header(("Cache-Control", "no-store"))
        .body(word)
}
