//! The pages of one's rights over one's data.

use serde::Serialize;

use super::forms::UNDERSTOOD;
use crate::accounts::Account;
use crate::organisations::{Member, Organisation};
use crate::takeaway::{Content, Index};
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};

pub(super) const ERASED: &str = "You are erased. A last email on its way to you confirms it";
pub(super) const PERSON_ERASED: &str = "They are erased from your organisation’s record";

/// What can be done.
#[derive(Serialize)]
pub struct DataPage {}
impl Page for DataPage {
    const TEMPLATE: &'static str = "your_data/data";
    fn title(&self) -> String {
        "Your data".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account")
    }
}

/// What others lose when someone goes.
pub struct Held {
    pub led_alone: Vec<Organisation>,
    pub open_reviews: i64,
}

/// What will happen.
#[derive(Serialize)]
pub struct ErasurePage {
    email: String,
    /// Organisations that nobody would lead, each with the page to invite another.
    led_alone: Vec<Link>,
    open_reviews: Option<String>,
    choices: Vec<Choice>,
    form: Filled,
}
impl ErasurePage {
    pub fn new(account: &Account, held: Held, form: Filled) -> Self {
        let to_people = |organisation: &Organisation| {
            Link::new(&organisation.name, format!("/organisations/{}/people", organisation.slug))
        };
        let open = usize::try_from(held.open_reviews).unwrap_or(0);
        Self {
            email: account.email.clone(),
            led_alone: held.led_alone.iter().map(to_people).collect(),
            open_reviews: (open > 0).then(|| count(open, "review", "reviews")),
            choices: understood("I understand that this cannot be undone"),
            form,
        }
    }
}
impl Page for ErasurePage {
    const TEMPLATE: &'static str = "your_data/erasure";
    fn title(&self) -> String {
        "Erase me".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account/data")
    }
}

/// The same, for someone without an account.
#[derive(Serialize)]
pub struct PersonErasurePage {
    organisation_name: String,
    name: String,
    address: String,
    choices: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}
impl PersonErasurePage {
    pub fn new(organisation: &Organisation, member: &Member, form: Filled) -> Self {
        let person = format!("/organisations/{}/people/{}", organisation.slug, member.person.id);
        Self {
            organisation_name: organisation.name.clone(),
            name: member.person.name.clone(),
            address: format!("{person}/erasure"),
            choices: understood("I understand that this cannot be undone"),
            form,
            back_to: person,
        }
    }
}
impl Page for PersonErasurePage {
    const TEMPLATE: &'static str = "your_data/person-erasure";
    fn title(&self) -> String {
        format!("Erase {}", self.name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

fn understood(words: &str) -> Vec<Choice> {
    vec![Choice::new(UNDERSTOOD, words)]
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let wrong = Filled::blank(&["understood"]).with_problem("understood", "Tick the box");
    let erasure = |led_alone, open_reviews| ErasurePage {
        email: "asha@example.org".into(),
        led_alone,
        open_reviews,
        choices: understood("I understand"),
        form: wrong.clone(),
    };
    let contents = [
        Content { title: "Your account", rows: 1, places: vec!["data/account.json".into()] },
        Content { title: "Your training", rows: 0, places: vec!["data/training.json".into()] },
    ];
    let index = |files| Index {
        name: "Asha Patel",
        made_on: "3 November 2026".into(),
        site: "https://charter.example.org",
        contents: &contents,
        files,
    };
    let drawn = |files| Sample {
        template: "your_data/index",
        context: serde_json::to_value(index(files)).expect("it can be written as JSON"),
    };
    vec![
        sample(&DataPage {}),
        sample(&erasure(vec![Link::new("The Hub", "/organisations/the-hub/people")], Some("2 reviews".into()))),
        sample(&erasure(Vec::new(), None)),
        sample(&PersonErasurePage {
            organisation_name: "The Hub".into(),
            name: "Bev Clarke".into(),
            address: "/organisations/the-hub/people/1/erasure".into(),
            choices: understood("I understand"),
            form: wrong.clone(),
            back_to: "/".into(),
        }),
        drawn(0),
        drawn(2),
    ]
}
