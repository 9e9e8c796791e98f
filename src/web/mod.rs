//! HTTP and HTML: routes that demand a viewer, forms that keep what was typed, pages, errors, headers.
//! A body is read in one place, which refuses what another website sent; a route is made in one place, which
//! refuses a handler that does not say who is asking.
//! Not here: the domain; nothing in this folder knows what a pledge is.

mod assets;
mod error_pages;
mod filled;
mod headers;
mod limits;
mod notice;
mod page;
mod page_links;
mod qr_code;
mod received;
mod routing;
mod secure_place;
mod sent;
mod submitted;

pub use assets::serve_asset;
pub use error_pages::error_page;
pub use filled::{Choice, Field, Filled, Problem, choices};
pub use headers::{OwnAddress, security_headers};
pub use limits::{Attempt, Limits, within_limits};
pub use notice::{notice_on, redirect, redirect_with_notice};
pub use page::{Concern, Frame, Link, NavLink, Page, Sample, Standing, render, sample};
pub use page_links::PageLinks;
pub use qr_code::QrCode;
pub use received::{MAX_BODY_BYTES, ReceivedFile};
pub use routing::{Path, Query, RouteEntry, Routes, Viewer};
pub use secure_place::name_for_passkeys;
pub use sent::{Ask, Sent};
pub use submitted::{Form, Pressed, Submitted};

/// `n` of a thing, in words: `1 person`, `2 people`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
