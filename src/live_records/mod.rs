//! What the portal knows of an organisation, put beside what the organisation says of itself: the pledge, training in date,
//! documents, the skills audit, young people's answers. The portal proposes and shows its working; a person accepts it or
//! says why not. It decides nothing.
//! What was accepted is looked at again every day: when the record lapses, whoever rests on it is told, before and after.
//! Not here: the answer itself, which is `quality`.

mod facts;
pub mod organisation_data;
mod rule;
mod rule_handlers;
mod rule_pages;
mod verdict;
mod view;
mod watch;
mod working;
pub mod your_data;

pub use facts::Facts;
pub use rule::{Rule, load_content, point_rule, rules_of};
pub use rule_pages::samples;
pub use verdict::{NewVerdict, RecordVerdict, Verdict, judge_record, verdicts_on};
pub use view::{RecordView, say_working};
pub use watch::watch_records;
pub use working::{Finding, Working};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/framework/records", rule_handlers::show_rules)
        .get("/vrp/framework/records/{rule}", rule_handlers::show_rule)
        .post("/vrp/framework/records/{rule}", rule_handlers::point);
}
