//! The one page of what the VRP sets.

use serde::Serialize;

use super::value::Programme;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const ADDRESS: &str = "/vrp/programme";
pub(super) const CHANGED: &str = "What the programme asks is saved. It counts from now on";

/// What is set, to be changed.
#[derive(Serialize)]
pub struct ProgrammePage {
    orders: Vec<Choice>,
    form: Filled,
}

impl ProgrammePage {
    pub fn new(form: Filled) -> Self {
        let orders = vec![
            Choice::new("yes", "Yes, training comes first")
                .with_hint("You can let an organisation pledge without it, with a reason, on its page"),
            Choice::new("no", "No, an organisation can pledge at once"),
        ];
        Self { orders, form }
    }

    pub fn of(now: &Programme) -> Self {
        let form =
            Filled::blank(Programme::FIELDS).with("training_first", if now.training_first { "yes" } else { "no" });
        let numbers = now.numbers().into_iter();
        Self::new(numbers.fold(form, |form, (name, number)| form.with(name, number.to_string())))
    }
}

impl Page for ProgrammePage {
    const TEMPLATE: &'static str = "programme/programme";
    fn title(&self) -> String {
        "What the programme asks".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let wrong = Filled::blank(Programme::FIELDS).with_problem("pledge_months", "Enter how many months a pledge lasts");
    vec![sample(&ProgrammePage::of(&Programme::default())), sample(&ProgrammePage::new(wrong))]
}
