//! The page on which people choose what each of their organisations sees.

use serde::Serialize;

use super::forms::SHARED_FIELD;
use crate::training::{Shared, SharedWith};
use crate::web::{Choice, Field, Filled, Link, Page, Sample, sample};

pub(super) const SHARING_CHANGED: &str = "Your choices are saved";

#[derive(Serialize)]
pub struct SharingPage {
    organisations: Vec<SharingRow>,
}

#[derive(Serialize)]
struct SharingRow {
    name: String,
    field: Field,
    options: Vec<Choice>,
}

impl SharingPage {
    pub fn new(shared: &[SharedWith]) -> Self {
        let row = |with: &SharedWith| SharingRow::new(&with.organisation.name, &with.organisation.slug, with.shared);
        Self { organisations: shared.iter().map(row).collect() }
    }
}

impl SharingRow {
    fn new(name: &str, slug: &str, shared: Shared) -> Self {
        let field = format!("{SHARED_FIELD}{slug}");
        Self {
            name: name.to_owned(),
            field: Filled::default().with(&field, shared.as_str()).field(&field),
            options: vec![
                Choice::new(Shared::Required.as_str(), "Only what it requires of me, and what was logged there"),
                Choice::new(Shared::Everything.as_str(), "Everything I have completed")
                    .with_hint("What you did elsewhere too, with its certificates"),
            ],
        }
    }
}

impl Page for SharingPage {
    const TEMPLATE: &'static str = "my_training/sharing";
    fn title(&self) -> String {
        "What your organisations see".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Your training", "/my/training"))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let page = |organisations| SharingPage { organisations };
    vec![sample(&page(vec![SharingRow::new("The Hub", "the-hub", Shared::Required)])), sample(&page(Vec::new()))]
}
