//! There is no pledge yet: what it is, and the steps up to it.

use serde::Serialize;

use super::pages::Place;
use crate::before_pledging::{StepView, Way, steps};
use crate::organisations::{Membership, Organisation};
use crate::programme::Programme;
use crate::web::{Link, Page, Sample, sample};

pub(super) const TRAINING_FIRST: &str = "Someone of yours goes to Charter training before you begin your pledge";

/// Up to a first pledge.
#[derive(Serialize)]
pub struct StartPage {
    #[serde(flatten)]
    place: Place,
    /// `a year`.
    term: String,
    /// It may begin.
    open: bool,
    /// Only where training comes first.
    steps: Vec<StepView>,
}

impl StartPage {
    pub fn new(organisation: &Organisation, membership: &Membership, way: &Way, programme: &Programme) -> Self {
        let place = Place::of(organisation, membership);
        let steps = if way.training_first { steps(organisation, way, place.can_lead) } else { Vec::new() };
        Self { term: programme.pledge_term(), open: way.is_open(), steps, place }
    }
}

impl Page for StartPage {
    const TEMPLATE: &'static str = "charter/start";
    fn title(&self) -> String {
        "Pledge to the Youth Charter".into()
    }
    fn back(&self) -> Option<Link> {
        self.place.home()
    }
}

/// Each page with made-up content.
pub(super) fn start_samples() -> Vec<Sample> {
    let page = |open, steps, can_lead| {
        let mut place = Place::sample();
        place.can_lead = can_lead;
        StartPage { place, term: "a year".into(), open, steps }
    };
    vec![
        sample(&page(true, Vec::new(), true)),
        sample(&page(true, StepView::samples(), false)),
        sample(&page(false, StepView::samples(), true)),
    ]
}
