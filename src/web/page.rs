//! A page: a struct for its template, shown inside the layout.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::assets::asset_address;
use super::notice::forget_notice;
use crate::error::Result;
use crate::templates;

/// What a template shows. One struct a template.
pub trait Page: Serialize {
    /// The template's path in `templates/`, without `.hbs`.
    const TEMPLATE: &'static str;
    /// Uses the width of the screen: for tables and desks.
    const WIDE: bool = false;
    /// Has nothing to press but what it is about: for young people, who never sign in.
    const PLAIN: bool = false;

    /// The title of the window, without the portal's name.
    fn title(&self) -> String;

    /// The link back above the heading.
    fn back(&self) -> Option<Link> {
        None
    }
}

/// A link with its text.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Link {
    pub text: String,
    pub href: String,
}

impl Link {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }

    /// The usual link back.
    pub fn back(href: impl Into<String>) -> Option<Self> {
        Some(Self::new("Back", href))
    }
}

/// A link in the bar at the top.
#[derive(Debug, Clone, Serialize)]
pub struct NavLink {
    pub text: &'static str,
    pub href: &'static str,
    pub current: bool,
}

/// What the layout needs to know of the one who looks.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Their name, when signed in.
    pub signed_in: Option<String>,
    pub nav: Vec<NavLink>,
    /// What was just done, to be said once.
    pub notice: Option<String>,
    pub demonstration: bool,
    /// What is the matter with the organisation whose page it is.
    pub concern: Option<Concern>,
}

/// An organisation that is suspended or closed, as each of its pages says at its top.
#[derive(Debug, Clone, Serialize)]
pub struct Concern {
    pub organisation: String,
    /// Else it is suspended.
    pub closed: bool,
    /// For those who review it; else for its members.
    pub reviewing: bool,
    /// A day in words.
    pub since: String,
}

/// What the layout shows around a page.
#[derive(Debug, Serialize)]
pub struct Frame {
    pub title: String,
    pub service_name: &'static str,
    pub signed_in: Option<SignedInName>,
    pub nav: Vec<NavLink>,
    pub notice: Option<String>,
    pub concern: Option<Concern>,
    pub back: Option<Link>,
    pub css: Vec<String>,
    pub script: String,
    pub icon: String,
    pub demonstration: bool,
    pub wide: bool,
    pub plain: bool,
}

/// A name in the header.
#[derive(Debug, Serialize)]
pub struct SignedInName {
    pub name: String,
}

impl Frame {
    /// The frame for a page titled `title`, seen by someone of this standing.
    pub fn around(title: &str, standing: &Standing, back: Option<Link>, wide: bool) -> Self {
        Self {
            title: title.to_owned(),
            service_name: "Youth Charter",
            signed_in: standing.signed_in.clone().map(|name| SignedInName { name }),
            nav: standing.nav.clone(),
            notice: standing.notice.clone(),
            concern: standing.concern.clone(),
            back,
            css: vec![asset_address("govuk.css"), asset_address("portal.css")],
            script: asset_address("start.js"),
            icon: asset_address("icon.svg"),
            demonstration: standing.demonstration,
            wide,
            plain: false,
        }
    }
}

#[derive(Serialize)]
struct Framed<'a, P> {
    frame: Frame,
    #[serde(flatten)]
    page: &'a P,
}

/// Draws a page. A refused form's page has a status of its own, and says so in its title.
pub fn render<P: Page>(page: &P, standing: &Standing, status: StatusCode) -> Result<HttpResponse> {
    let title = match status {
        StatusCode::UNPROCESSABLE_ENTITY => format!("Error: {}", page.title()),
        _ => page.title(),
    };
    let frame = Frame { plain: P::PLAIN, ..Frame::around(&title, standing, page.back(), P::WIDE) };
    let html = templates::fill(P::TEMPLATE, &Framed { frame, page })?;
    let mut response = HttpResponse::build(status);
    response.content_type("text/html; charset=utf-8");
    response.insert_header(("Cache-Control", "no-store"));
    if standing.notice.is_some() {
        response.cookie(forget_notice());
    }
    Ok(response.body(html))
}

/// A page with made-up content, for the tests that draw every page.
pub struct Sample {
    pub template: &'static str,
    pub context: serde_json::Value,
}

/// Makes a sample of a page.
pub fn sample<P: Page>(page: &P) -> Sample {
    let standing = Standing { signed_in: Some("Asha Patel".into()), ..Standing::default() };
    let frame = Frame { plain: P::PLAIN, ..Frame::around(&page.title(), &standing, page.back(), P::WIDE) };
    let context = serde_json::to_value(Framed { frame, page }).expect("a page can be written as JSON");
    Sample { template: P::TEMPLATE, context }
}
