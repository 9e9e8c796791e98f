//! The page of what an organisation takes away, and the one at the front of the download.

use serde::Serialize;

use crate::organisations::Organisation;
use crate::takeaway::{Content, Index};
use crate::web::{Link, Page, Sample, sample};

#[derive(Serialize)]
pub struct DataPage {
    organisation_name: String,
    address: String,
    #[serde(skip)]
    back_to: String,
}
impl DataPage {
    pub fn new(organisation: &Organisation) -> Self {
        let home = format!("/organisations/{}", organisation.slug);
        Self { organisation_name: organisation.name.clone(), address: format!("{home}/data"), back_to: home }
    }
}
impl Page for DataPage {
    const TEMPLATE: &'static str = "organisation_data/data";
    fn title(&self) -> String {
        "Download everything".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let contents = [Content {
        title: "Your people",
        rows: 12,
        places: vec!["data/people.json".into(), "tables/people.csv".into()],
    }];
    let index = |files| Index {
        name: "The Hub",
        made_on: "3 November 2026".into(),
        site: "https://charter.example.org",
        contents: &contents,
        files,
    };
    let drawn = |files| Sample {
        template: "organisation_data/index",
        context: serde_json::to_value(index(files)).expect("it can be written as JSON"),
    };
    let page = DataPage {
        organisation_name: "The Hub".into(),
        address: "/organisations/the-hub/data".into(),
        back_to: "/organisations/the-hub".into(),
    };
    vec![sample(&page), drawn(0), drawn(3)]
}
