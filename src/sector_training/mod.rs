//! Training across the sector, as the VRP sees it: who is up to date, what is wanted and what is on offer, what providers
//! deliver, and which organisations never got a place.
//! A census is taken once a day in batches, each an act of the portal's own; pages only read the last one that was
//! finished, and the few sessions to come. Nothing of fewer than five people is shown or can be worked out:
//! `small_groups` is the one place that says what may be said of people.
//! Not here: one organisation's training (`training`), and what an umbrella body sees (`umbrella_picture`).

mod access_page;
mod amounts;
mod bars;
mod census;
mod compliance_page;
mod delivery;
mod delivery_page;
mod demand_page;
mod handlers;
mod newcomers;
mod organisations_counted;
mod overview_page;
mod people_counted;
mod sessions_counted;
mod wording;

pub use amounts::{DrawnCensus, ModuleTally, OrganisationTally};
pub use census::{CensusState, go_on_with_census, go_on_with_census_by};
pub use delivery::Delivery;
pub use newcomers::{NewcomerSearch, Newcomers};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/training", handlers::show_overview)
        .get("/vrp/training/compliance", handlers::show_compliance)
        .get("/vrp/training/demand", handlers::show_demand)
        .get("/vrp/training/delivery", handlers::show_delivery)
        .get("/vrp/training/access", handlers::show_access)
        .get("/vrp/training/access.csv", handlers::send_access_csv);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [
        overview_page::samples(),
        compliance_page::samples(),
        demand_page::samples(),
        delivery_page::samples(),
        access_page::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
