//! An error as the page a person sees. It needs no database and no session: what reports trouble must not share its
//! cause.

use actix_web::http::header::RETRY_AFTER;
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use super::notice::redirect;
use super::page::{Frame, Standing};
use crate::error::Error;
use crate::templates;

/// Where a second step at sign-in is set up.
const SECOND_STEP: &str = "/my/account/authenticator";

#[derive(Serialize)]
struct ErrorPage {
    frame: Frame,
    /// To quote when asking for help; it is in the log beside the cause.
    reference: String,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::SignInNeeded(_) | Error::ProofNeeded(_) => StatusCode::UNAUTHORIZED,
            Error::NotAllowed | Error::SecondStepNeeded => StatusCode::FORBIDDEN,
            Error::OrganisationSuspended | Error::OrganisationClosed => StatusCode::FORBIDDEN,
            Error::Conflict => StatusCode::CONFLICT,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Unreadable => StatusCode::BAD_REQUEST,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Busy | Error::FilesAway(_) | Error::FileWaiting => StatusCode::SERVICE_UNAVAILABLE,
            Error::FileRefused => StatusCode::GONE,
            Error::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Error::SignInNeeded(next) => return redirect(and_back("/sign-in", next)),
            Error::ProofNeeded(next) => return redirect(and_back("/sign-in/again", next)),
            Error::SecondStepNeeded => return redirect(SECOND_STEP),
            _ => {}
        }
        let reference = uuid::Uuid::now_v7().simple().to_string()[20..].to_owned();
        if let Error::Unexpected(cause) | Error::FilesAway(cause) = self {
            tracing::error!(%reference, %cause, "unexpected");
        }
        let (template, title) = match self {
            Error::NotFound => ("errors/not-found", "Page not found"),
            Error::SignInNeeded(_) | Error::ProofNeeded(_) => ("errors/sign-in-needed", "Sign in"),
            Error::NotAllowed | Error::SecondStepNeeded => ("errors/not-allowed", "You cannot open this page"),
            Error::OrganisationSuspended => ("errors/organisation-suspended", "This organisation is suspended"),
            Error::OrganisationClosed => ("errors/organisation-closed", "This organisation is closed"),
            Error::Conflict => ("errors/conflict", "This has already changed"),
            Error::TooLarge => ("errors/too-large", "That is too large to send"),
            Error::Unreadable => ("errors/bad-request", "We could not read what was sent"),
            Error::TooMany { .. } => ("errors/too-many", "You have tried too often"),
            Error::Busy => ("errors/busy", "The service is busy"),
            Error::FilesAway(_) => ("errors/files-away", "We cannot reach our files at the moment"),
            Error::FileWaiting => ("errors/file-waiting", "This file is still being checked"),
            Error::FileRefused => ("errors/file-refused", "This file was refused"),
            Error::Unexpected(_) => ("errors/unexpected", "Sorry, there is a problem with the service"),
        };
        let mut page = error_page(self.status_code(), template, title, reference);
        if matches!(self, Error::TooLarge | Error::Unreadable) {
            // Whatever else is on its way is not waited for.
            page.head_mut().set_connection_type(ConnectionType::Close);
        }
        if let Error::TooMany { retry_after_seconds } = self {
            page.headers_mut().insert(RETRY_AFTER, (*retry_after_seconds).into());
        }
        page
    }
}

/// An address that comes back to `next` when its work is done.
fn and_back(address: &str, next: &str) -> String {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{address}?next={next}")
}

/// Draws an error page; where even that fails, says so in plain text.
pub fn error_page(status: StatusCode, template: &str, title: &str, reference: String) -> HttpResponse {
    let frame = Frame::around(title, &Standing::default(), None, false);
    match templates::fill(template, &ErrorPage { frame, reference }) {
        Ok(html) => HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .insert_header(("Cache-Control", "no-store"))
            .body(html),
        Err(cause) => {
            tracing::error!(%cause, "an error page cannot be drawn");
            HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(title.to_owned())
        }
    }
}
