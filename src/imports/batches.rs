//! Imports of many organisations, worked through in the background: one organisation is one transaction, and between two
//! of them everyone else has their turn. A server that stops goes on where it was.
//! When a part no longer fits, those before it are taken back, and the import waits again with its problems.

use std::time::{Duration, Instant};

use diesel::prelude::*;

use super::adding::Wanted;
use super::check::Sorted;
use super::import::{Import, ImportState, PartState, in_state};
use super::rows::forget_some;
use crate::acts::{Act, Portal};
use crate::audit::Actor;
use crate::db::schema::import_parts;
use crate::error::{Error, Result};
use crate::ids::OrganisationId;

/// Others get at least so long between two transactions.
const SHORTEST_PAUSE: Duration = Duration::from_millis(20);

/// Works through all that is under way; returns how many parts were added or taken back.
pub fn work_on_imports(portal: &Portal) -> Result<usize> {
    let mut done = 0;
    for import in portal.db.read_here(|conn| in_state(conn, ImportState::Importing))? {
        done += add_parts(portal, &import)?;
    }
    for state in [ImportState::TakingBack, ImportState::Undoing] {
        for import in portal.db.read_here(|conn| in_state(conn, state))? {
            done += take_back_parts(portal, &import)?;
        }
    }
    Ok(done)
}

fn add_parts(portal: &Portal, import: &Import) -> Result<usize> {
    let by = import.concluded_by.ok_or_else(|| Error::unexpected("an import goes on that nobody has started"))?;
    let sorted = portal.db.read_here(|conn| Sorted::load(conn, import))?;
    let parts = portal.db.read_here(|conn| import.parts(conn))?;
    let is_added = |organisation: &OrganisationId| parts.iter().any(|part| part.organisation_id == *organisation);
    let mut done = 0;
    for organisation in sorted.organisations().into_iter().filter(|organisation| !is_added(organisation)) {
        let fits = in_turn(portal, |act| import.add_part(act, &sorted, organisation, by, Wanted::Anything))?;
        if !fits {
            in_turn(portal, |act| import.go(act.conn, ImportState::Importing, ImportState::TakingBack))?;
            return Ok(done);
        }
        done += 1;
    }
    in_turn(portal, |act| import.go(act.conn, ImportState::Importing, ImportState::Done))?;
    while in_turn(portal, |act| forget_some(act.conn, import.id))? > 0 {}
    Ok(done)
}

fn take_back_parts(portal: &Portal, import: &Import) -> Result<usize> {
    let parts = portal.db.read_here(|conn| import.parts(conn))?;
    let added: Vec<_> = parts.into_iter().filter(|part| part.state == PartState::Added).collect();
    for part in &added {
        in_turn(portal, |act| match import.undo_part(act, part.organisation_id) {
            // Another server was quicker.
            Ok(()) | Err(Error::Conflict) => Ok(()),
            Err(cause) => Err(cause),
        })?;
    }
    in_turn(portal, |act| {
        if import.state() == ImportState::Undoing {
            import.mark_undone(act)?;
            return import.go(act.conn, ImportState::Undoing, ImportState::Undone);
        }
        // It can be added again as a whole.
        diesel::delete(import_parts::table.filter(import_parts::import_id.eq(import.id))).execute(act.conn)?;
        import.go(act.conn, ImportState::TakingBack, ImportState::Waiting)
    })?;
    Ok(added.len())
}

/// One act of the portal's own, and then a pause that is as long.
fn in_turn<T>(portal: &Portal, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> Result<T> {
    let began = Instant::now();
    let outcome = portal.act_at(Actor::portal(), portal.clock.now(), work)?;
    std::thread::sleep(began.elapsed().max(SHORTEST_PAUSE));
    Ok(outcome)
}
