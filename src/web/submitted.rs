//! The only reader of a body. What another website sent is refused before a byte of it is read.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, HOST, ORIGIN};
use actix_web::{FromRequest, HttpRequest};
use futures_util::TryStreamExt;

use super::filled::Filled;
use super::received::{MAX_BODY_BYTES, receive};
use super::sent::Sent;
use crate::error::{Error, Result};

/// A picture or a film that was taken for a document weighs so much.
const DROPPED_POLITELY: usize = 4 * MAX_BODY_BYTES;

/// A form: how what was sent becomes a value. Read every field before using `?` on any.
pub trait Form: Sized + 'static {
    fn parse(sent: &mut Sent) -> Option<Self>;
}

/// A form without fields: a button was pressed.
pub struct Pressed;

impl Form for Pressed {
    fn parse(_: &mut Sent) -> Option<Self> {
        Some(Self)
    }
}

/// A form that was sent from one of our own pages.
pub struct Submitted<F> {
    value: Option<F>,
    filled: Filled,
}

impl<F> Submitted<F> {
    /// The value with the form as it was filled in (to add what only the database knows), or the refused form.
    pub fn parsed(self) -> Result<(F, Filled), Filled> {
        match self.value {
            Some(value) if self.filled.is_right() => Ok((value, self.filled)),
            _ => Err(self.filled),
        }
    }
}

impl<F: Form> FromRequest for Submitted<F> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !is_our_own(&request) {
                return Err(Error::NotAllowed);
            }
            if let Some(bytes) = announced_too_large(&request) {
                let_go(payload, bytes).await;
                return Err(Error::TooLarge);
            }
            let mut sent = receive(&request, &mut payload).await?;
            let value = F::parse(&mut sent);
            Ok(Self { value, filled: sent.into_filled() })
        })
    }
}

/// How much a body says it is, when that is more than we take.
fn announced_too_large(request: &HttpRequest) -> Option<usize> {
    let announced = request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()?;
    Some(announced).filter(|bytes| *bytes > MAX_BODY_BYTES)
}

/// Many browsers show the answer only when they have sent everything: what somebody chose by mistake is read and
/// dropped. Beyond that the connection is closed.
async fn let_go(mut payload: Payload, bytes: usize) {
    if bytes <= DROPPED_POLITELY {
        while let Ok(Some(_)) = payload.try_next().await {}
    }
}

/// Browsers say where a form came from; one that says nothing at all is no browser, and has no cookie to abuse.
fn is_our_own(request: &HttpRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = header(HOST.as_str()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| from == host)
        }
        (None, None) => true,
    }
}
