//! What there is of the next Charter in the town: a draft in which a statement was taken out.

use youth_charter::accounts::Role;
use youth_charter::charter::{CharterVersion, Draft, add_statement, begin_draft, remove_statement};

use crate::harness::RunningPortal;

/// A draft with a new statement.
pub(super) fn charter_draft(portal: &RunningPortal) -> Vec<(&'static str, String)> {
    let steward = portal.with_role("Dot Drafter", Role::Steward);
    let (new, gone) = portal.act_as(&steward, |act| {
        begin_draft(act, steward.account().id)?;
        let new = add_statement(act, "Fun")?;
        let in_force = CharterVersion::in_force(act.conn)?;
        let gone = in_force.statements(act.conn)?.remove(0);
        remove_statement(act, &gone.id, &gone.mark())?;
        Ok((new, gone.id))
    });
    assert!(portal.read(Draft::open).is_some());
    let statements = "/vrp/charter/draft/statements";
    vec![
        ("/vrp/charter/draft/texts/{text}", "/vrp/charter/draft/texts/introduction".to_owned()),
        ("/vrp/charter/draft/statements/{statement}", format!("{statements}/{new}")),
        ("/vrp/charter/draft/statements/{statement}/return", format!("{statements}/{gone}/return")),
        ("/vrp/charter/draft/statements/{statement}/texts/{text}", format!("{statements}/{new}/texts/words")),
    ]
}
