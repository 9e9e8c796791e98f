//! What there is of the quality framework in the town: a draft of the next version in which a question was taken out.

use youth_charter::accounts::Role;
use youth_charter::error::Error;
use youth_charter::framework::{Draft, begin_draft, retire_indicator};
use youth_charter::ids::IndicatorId;

use crate::harness::RunningPortal;

/// A draft, and what it consists of.
pub(super) fn framework_draft(portal: &RunningPortal) -> Vec<(&'static str, String)> {
    let steward = portal.with_role("Flo Framer", Role::Steward);
    let by = steward.account().id;
    portal.act_as(&steward, |act| {
        begin_draft(act, by)?;
        let gone = IndicatorId::from("exp-next-steps");
        let seen = Draft::open(act.conn)?.ok_or(Error::NotFound)?.framework.indicator(&gone)?.mark();
        retire_indicator(act, &gone, &seen)
    });
    let draft = "/vrp/framework/draft";
    let (indicators, standards) = (format!("{draft}/indicators"), format!("{draft}/standards"));
    vec![
        ("/framework/{number}", "/framework/1".to_owned()),
        ("/vrp/framework/versions/{number}/framework.toml", "/vrp/framework/versions/1/framework.toml".to_owned()),
        ("/vrp/framework/records/{rule}", "/vrp/framework/records/two-leads".to_owned()),
        ("/vrp/framework/draft/texts/{text}", format!("{draft}/texts/introduction")),
        ("/vrp/framework/draft/areas/{area}/texts/{text}", format!("{draft}/areas/experiences/texts/title")),
        ("/vrp/framework/draft/areas/{area}/standards/new", format!("{draft}/areas/experiences/standards/new")),
        ("/vrp/framework/draft/standards/{standard}", format!("{standards}/safe-and-welcoming")),
        (
            "/vrp/framework/draft/standards/{standard}/texts/{text}",
            format!("{standards}/safe-and-welcoming/texts/summary"),
        ),
        ("/vrp/framework/draft/indicators/{indicator}", format!("{indicators}/exp-feel-safe")),
        ("/vrp/framework/draft/indicators/{indicator}/return", format!("{indicators}/exp-next-steps/return")),
        (
            "/vrp/framework/draft/indicators/{indicator}/choices/{choice}",
            format!("{indicators}/exp-feel-safe/choices/weight"),
        ),
        ("/vrp/framework/draft/indicators/{indicator}/texts/{text}", format!("{indicators}/exp-feel-safe/texts/why")),
        ("/vrp/framework/draft/words/{word}", format!("{draft}/words/trustee")),
    ]
}
