//! What a pack will hold, and the documents to choose from.

use chrono::NaiveDate;
use serde::Serialize;

use super::forms::PackForm;
use super::standing::{PackStanding, what_is_wrong};
use crate::clock::{day_of, say_day};
use crate::documents::{Document, dates_of, kind_of};
use crate::files::StoredFile;
use crate::review::level_name;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

#[derive(Serialize)]
struct LeftOut {
    title: String,
    address: String,
    why: String,
}

/// Choosing what goes into a pack.
#[derive(Serialize)]
pub struct PackPage {
    organisation_name: String,
    action: String,
    endorsement: Option<String>,
    pledge: Option<String>,
    training: String,
    form: Filled,
    documents: Vec<Choice>,
    left_out: Vec<LeftOut>,
    add_document: String,
    #[serde(skip)]
    back_to: String,
}

impl PackPage {
    pub fn new(slug: &str, standing: &PackStanding, today: NaiveDate) -> Self {
        let home = format!("/organisations/{slug}");
        let choice = |(document, file): &(Document, StoredFile)| {
            let dates = dates_of(document.effective_on, day_of(document.added_at), document.review_by);
            let hint = format!("{}, {dates}", kind_of(file, document.address.as_deref()));
            Choice::new(document.id.as_str(), document.title.as_str()).with_hint(&hint)
        };
        let left = |(document, file): &(Document, StoredFile)| {
            Some(LeftOut {
                title: document.title.clone(),
                address: format!("{home}/documents/{}", document.id),
                why: what_is_wrong(document, file, today)?,
            })
        };
        let (complete, of) = standing.core;
        let ticked: Vec<_> = standing.in_date(today).map(|(document, _)| document.id.to_string()).collect();
        Self {
            organisation_name: standing.name.clone(),
            action: format!("{home}/funders-pack"),
            endorsement: standing
                .endorsement
                .as_ref()
                .map(|e| format!("{}, until {}", level_name(e.level), say_day(e.ends_on))),
            pledge: standing.pledge.as_ref().map(|p| p.ends_on.map(say_day).unwrap_or_default()),
            training: format!("{complete} of {of} people have all core training in date"),
            form: Filled::blank(PackForm::FIELDS).with_all("documents", ticked),
            documents: standing.in_date(today).map(choice).collect(),
            left_out: standing.documents.iter().filter_map(left).collect(),
            add_document: format!("{home}/documents/new"),
            back_to: home,
        }
    }
}

impl Page for PackPage {
    const TEMPLATE: &'static str = "funders_pack/pack";
    fn title(&self) -> String {
        "A pack for funders".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new(&self.organisation_name, &self.back_to))
    }
}

/// The page with made-up content.
pub fn samples() -> Vec<Sample> {
    let document = |number: i64| {
        let file = StoredFile::made_up("safeguarding-policy.pdf", crate::files::FileState::Ready);
        let review_by = NaiveDate::default() + chrono::Duration::days(number);
        let document = Document {
            id: crate::ids::DocumentId::new(),
            organisation_id: crate::ids::OrganisationId::new(),
            file_id: file.id,
            title: "Safeguarding policy".into(),
            effective_on: None,
            review_by: Some(review_by),
            added_by: crate::ids::AccountId::new(),
            added_at: Default::default(),
            kept_by: None,
            address: None,
            told_of: None,
        };
        (document, file)
    };
    let standing = |documents| PackStanding {
        name: "The Hub".into(),
        identifiers: Vec::new(),
        districts: vec!["Nottingham".into()],
        pledge: None,
        endorsement: None,
        core: (5, 6),
        training: Vec::new(),
        safeguarding_lead: crate::live_records::Working::of(
            crate::live_records::Rule::TwoLeads,
            crate::live_records::Finding::Leads { leads: 2 },
            Default::default(),
        ),
        documents,
    };
    vec![
        sample(&PackPage::new("the-hub", &standing(vec![document(3), document(-3)]), Default::default())),
        sample(&PackPage::new("the-hub", &standing(Vec::new()), Default::default())),
    ]
}
