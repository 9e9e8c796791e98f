//! The only place where routes are made. A handler's first argument says who is asking, or it does not compile.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route};

pub use actix_web::web::{Path, Query};

/// Someone a handler answers to. Implemented only by those who check it: `accounts` and `organisations`.
#[diagnostic::on_unimplemented(
    message = "a handler's first argument must say who is asking",
    label = "not a viewer (Visitor, SignedIn, OrgMember, OrgLead, Reviewer, Steward…)"
)]
pub trait Viewer: FromRequest {}

/// Argument lists whose first member is a [`Viewer`].
pub trait Guarded {}
impl<V: Viewer> Guarded for (V,) {}
impl<V: Viewer, A> Guarded for (V, A) {}
impl<V: Viewer, A, B> Guarded for (V, A, B) {}
impl<V: Viewer, A, B, C> Guarded for (V, A, B, C) {}

/// One route of the portal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteEntry {
    pub path: String,
    pub method: String,
}

/// Collects routes, and remembers them for the authority matrix.
pub struct Routes<'a> {
    config: &'a mut ServiceConfig,
    entries: Vec<RouteEntry>,
}

impl<'a> Routes<'a> {
    pub fn new(config: &'a mut ServiceConfig) -> Self {
        Self { config, entries: Vec::new() }
    }

    /// A page to look at.
    pub fn get<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: Guarded + FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::GET, path, web::get().to(handler))
    }

    /// A change.
    pub fn post<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: Guarded + FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::POST, path, web::post().to(handler))
    }

    /// Every route added so far.
    pub fn into_entries(self) -> Vec<RouteEntry> {
        self.entries
    }

    fn add(&mut self, method: Method, path: &str, route: Route) -> &mut Self {
        self.entries.push(RouteEntry { path: path.to_owned(), method: method.to_string() });
        self.config.route(path, route);
        self
    }
}
