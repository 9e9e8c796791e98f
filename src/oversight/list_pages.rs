//! The list of all organisations, for the VRP.

use serde::Serialize;
use url::form_urlencoded::Serializer;

use super::forms::ListingQuery;
use super::listing::{LISTING_PAGE, Listed, Listing};
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::web::{Choice, Filled, Link, Page, PageLinks, Sample, count, sample};

/// All organisations, however they stand.
#[derive(Serialize)]
pub struct OrganisationsPage {
    form: Filled,
    show_choices: Vec<Choice>,
    filtered: bool,
    found_text: String,
    rows: Vec<OrganisationRow>,
    pages: PageLinks,
}

#[derive(Serialize)]
struct OrganisationRow {
    name: String,
    address: String,
    detail: String,
    status: &'static str,
    colour: &'static str,
}

impl OrganisationsPage {
    pub fn new(listing: &Listing, query: &ListingQuery) -> Self {
        let kinds = Listed::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind_name(*kind).0));
        let link = |page: i64| list_address(&query.q, &query.show, page);
        Self {
            form: Filled::default().with("q", &query.q).with("show", &query.show),
            show_choices: std::iter::once(Choice::new("", "All")).chain(kinds).collect(),
            filtered: !query.q.trim().is_empty() || Listed::parse(&query.show).is_some(),
            found_text: count(usize::try_from(listing.found).unwrap_or_default(), "organisation", "organisations"),
            rows: listing.organisations.iter().map(OrganisationRow::of).collect(),
            pages: PageLinks::counted(listing.page + 1, listing.found, LISTING_PAGE, link),
        }
    }
}

impl Page for OrganisationsPage {
    const TEMPLATE: &'static str = "oversight/organisations";
    fn title(&self) -> String {
        "All organisations".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

impl OrganisationRow {
    fn of(organisation: &Organisation) -> Self {
        let kind = Listed::kind_of(organisation);
        let (status, colour) = kind_name(kind);
        let on = |said: &str, at: Option<_>| at.map(|at| format!("{said} {}", say_day(day_of(at)))).unwrap_or_default();
        Self {
            name: organisation.name.clone(),
            address: format!("/vrp/organisations/{}", organisation.slug),
            detail: match kind {
                Listed::Open => on("Approved on", organisation.approved_at),
                Listed::Suspended => on("Since", organisation.standing_since),
                Listed::Closed => on("On", organisation.standing_since),
                Listed::Waiting | Listed::MoreWanted => on("Sent on", organisation.submitted_at),
            },
            status,
            colour,
        }
    }
}

/// A kind in words, and the colour of its tag.
pub(super) fn kind_name(kind: Listed) -> (&'static str, &'static str) {
    match kind {
        Listed::Open => ("Open", "green"),
        Listed::Suspended => ("Suspended", "orange"),
        Listed::Closed => ("Closed", "grey"),
        Listed::Waiting => ("Waiting for approval", "turquoise"),
        Listed::MoreWanted => ("More asked for", "yellow"),
    }
}

fn list_address(name: &str, show: &str, page: i64) -> String {
    let mut query = Serializer::new(String::new());
    for (key, value) in [("q", name), ("show", show)] {
        if !value.is_empty() {
            query.append_pair(key, value);
        }
    }
    format!("/vrp/organisations?{}", query.append_pair("page", &page.to_string()).finish())
}

/// The page with made-up content, and without any.
pub fn samples() -> Vec<Sample> {
    let nothing = |page, found| Listing { organisations: Vec::new(), found, page };
    let row = OrganisationRow {
        name: "The Hub".into(),
        address: "/vrp/organisations/the-hub".into(),
        detail: "Since 3 November 2026".into(),
        status: kind_name(Listed::Suspended).0,
        colour: kind_name(Listed::Suspended).1,
    };
    let query = ListingQuery { q: "hub".into(), show: "suspended".into(), page: String::new() };
    vec![
        sample(&OrganisationsPage { rows: vec![row], ..OrganisationsPage::new(&nothing(1, 130), &query) }),
        sample(&OrganisationsPage::new(&nothing(0, 0), &query)),
        sample(&OrganisationsPage::new(&nothing(0, 0), &ListingQuery::default())),
    ]
}
