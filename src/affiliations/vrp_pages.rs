//! The VRP's pages: which organisations are umbrella bodies.

use serde::Serialize;

use crate::organisations::Organisation;
use crate::web::{Field, Filled, Link, Page, Sample, count, sample};

pub(super) const FOUND_PAGE: i64 = 20;
pub(super) const MARKED: &str = "It is an umbrella body now. Its leads are told";
pub(super) const ENDED: &str = "It is an umbrella body no longer. Everyone concerned is told";

/// The umbrella bodies there are, and finding another.
#[derive(Serialize)]
pub struct UmbrellaListPage {
    rows: Vec<BodyRow>,
    q: Field,
    searched: bool,
    found: Vec<Link>,
}

#[derive(Serialize)]
struct BodyRow {
    name: String,
    address: String,
    detail: String,
}

impl UmbrellaListPage {
    pub fn new(all: &[(Organisation, i64)], q: &str, found: &[Organisation]) -> Self {
        let address = |organisation: &Organisation| format!("/vrp/umbrellas/{}", organisation.slug);
        let row = |(organisation, members): &(Organisation, i64)| BodyRow {
            name: organisation.name.clone(),
            address: address(organisation),
            detail: format!("{} joined", count(*members as usize, "organisation has", "organisations have")),
        };
        Self {
            rows: all.iter().map(row).collect(),
            q: Filled::blank(&[]).with("q", q).field("q"),
            searched: !q.trim().is_empty(),
            found: found.iter().map(|organisation| Link::new(&organisation.name, address(organisation))).collect(),
        }
    }
}

impl Page for UmbrellaListPage {
    const TEMPLATE: &'static str = "affiliations/bodies";
    fn title(&self) -> String {
        "Umbrella bodies".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// One organisation, to mark or to end.
#[derive(Serialize)]
pub struct BodyPage {
    name: String,
    slug: String,
    marked: bool,
}

impl BodyPage {
    pub fn new(organisation: &Organisation, marked: bool) -> Self {
        Self { name: organisation.name.clone(), slug: organisation.slug.clone(), marked }
    }
}

impl Page for BodyPage {
    const TEMPLATE: &'static str = "affiliations/body";
    fn title(&self) -> String {
        format!("Is {} an umbrella body?", self.name)
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/umbrellas")
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = BodyRow {
        name: "Clubs of the County".into(),
        address: "/vrp/umbrellas/clubs".into(),
        detail: "12 organisations have joined".into(),
    };
    let listed = |rows: Vec<BodyRow>, q: &str, found: Vec<Link>| UmbrellaListPage {
        rows,
        q: Filled::blank(&[]).with("q", q).field("q"),
        searched: !q.is_empty(),
        found,
    };
    let body = |marked: bool| BodyPage { name: "Clubs of the County".into(), slug: "clubs".into(), marked };
    vec![
        sample(&listed(vec![row], "hub", vec![Link::new("The Hub", "/vrp/umbrellas/the-hub")])),
        sample(&listed(Vec::new(), "hub", Vec::new())),
        sample(&listed(Vec::new(), "", Vec::new())),
        sample(&body(true)),
        sample(&body(false)),
    ]
}
