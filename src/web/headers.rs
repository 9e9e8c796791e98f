//! Headers that every answer carries: a page of ours runs no script and takes no style but ours, and is framed by
//! nobody.

use std::sync::Arc;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;

const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// For a year browsers come by HTTPS only, to this name and those below it.
const STRICT_TRANSPORT: (&str, &str) = ("strict-transport-security", "max-age=31536000; includeSubDomains");

/// The portal's own address, for the headers that depend on it.
#[derive(Clone)]
pub struct OwnAddress(pub Arc<str>);

impl OwnAddress {
    /// Over plain HTTP nothing can be promised about HTTPS.
    fn headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let strict = self.0.starts_with("https://").then_some(STRICT_TRANSPORT);
        HEADERS.iter().copied().chain(strict)
    }
}

/// Adds them, unless a handler has set a stricter one itself.
pub async fn security_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let own = request.app_data::<OwnAddress>().cloned().unwrap_or(OwnAddress("".into()));
    let mut response = next.call(request).await?;
    for (name, value) in own.headers() {
        let name = HeaderName::from_static(name);
        if !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_kept_on_https_where_the_portal_is_reached_by_it() {
        let strict = |site: &str| OwnAddress(site.into()).headers().any(|(name, _)| name == STRICT_TRANSPORT.0);
        assert!(strict("https://charter.example.org"));
        assert!(!strict("http://127.0.0.1:8080"));
    }
}
