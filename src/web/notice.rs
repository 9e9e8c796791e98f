//! A word of what was just done, carried over a redirect in a cookie and said once.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const COOKIE: &str = "notice";
const MAX_CHARACTERS: usize = 200;

/// Goes on to another page.
pub fn redirect(to: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, to.as_ref())).finish()
}

/// Goes on to another page, which says what was done.
pub fn redirect_with_notice(to: impl AsRef<str>, notice: &str) -> HttpResponse {
    let value = utf8_percent_encode(notice, NON_ALPHANUMERIC).to_string();
    HttpResponse::SeeOther().insert_header((LOCATION, to.as_ref())).cookie(cookie(value, Duration::minutes(2))).finish()
}

/// What a request has to be told, cut to a sensible length.
pub fn notice_on(request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(COOKIE)?;
    let text = percent_decode_str(cookie.value()).decode_utf8().ok()?;
    let text: String = text.chars().filter(|c| !c.is_control()).take(MAX_CHARACTERS).collect();
    (!text.is_empty()).then_some(text)
}

pub(super) fn forget_notice() -> Cookie<'static> {
    cookie(String::new(), Duration::ZERO)
}

fn cookie(value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, value).path("/").http_only(true).same_site(SameSite::Lax).max_age(age).finish()
}
