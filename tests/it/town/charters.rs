//! What there is of the next Charter in the town: a draft in which a statement was taken out; and leave to sign alone.

use youth_charter::accounts::Role;
use youth_charter::before_pledging::{LeaveKind, grant_leave};
use youth_charter::charter::{CharterVersion, Draft, add_statement, begin_draft, remove_statement};
use youth_charter::organisations::Organisation;

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
    let leave = portal.act_as(&steward, |act| {
        let hub = Organisation::find_by_slug(act.conn, "the-hub")?;
        grant_leave(act, &hub, steward.account().id, LeaveKind::OneSignatory, "One of two is ill.")
    });
    let statements = "/vrp/charter/draft/statements";
    vec![
        ("/vrp/organisations/{slug}/leave/{leave}", format!("/vrp/organisations/the-hub/leave/{leave}")),
        ("/vrp/charter/draft/texts/{text}", "/vrp/charter/draft/texts/introduction".to_owned()),
        ("/vrp/charter/draft/statements/{statement}", format!("{statements}/{new}")),
        ("/vrp/charter/draft/statements/{statement}/return", format!("{statements}/{gone}/return")),
        ("/vrp/charter/draft/statements/{statement}/texts/{text}", format!("{statements}/{new}/texts/words")),
    ]
}
