//! What there is of the Charter in the town: a picture of a statement in force, a draft of the next version in which a
//! statement was taken out and another has a picture, and leave to sign alone.

use diesel::prelude::*;
use youth_charter::accounts::Role;
use youth_charter::before_pledging::{LeaveKind, grant_leave};
use youth_charter::charter::{
    CharterVersion, Draft, NewPicture, add_statement, begin_draft, put_picture, remove_statement,
};
use youth_charter::db::schema::charter_statements;
use youth_charter::error::Error;
use youth_charter::files::record_file;
use youth_charter::organisations::Organisation;

use crate::harness::{RunningPortal, a_picture};

/// A draft with a new statement.
pub(super) fn charter_draft(portal: &RunningPortal) -> Vec<(&'static str, String)> {
    let steward = portal.with_role("Dot Drafter", Role::Steward);
    let by = steward.account().id;
    let (new, gone) = portal.act_as(&steward, |act| {
        begin_draft(act, by)?;
        let new = add_statement(act, "Fun")?;
        let in_force = CharterVersion::in_force(act.conn)?;
        let gone = in_force.statements(act.conn)?.remove(0);
        remove_statement(act, &gone.id, &gone.mark())?;
        let seen = Draft::open(act.conn)?.ok_or(Error::NotFound)?.statement(&new)?.mark_of_picture();
        let picture = NewPicture { file: a_picture(act), words: "Four people talk.".to_owned() };
        put_picture(act, &new, picture, by, &seen)?;
        // As if it had been published so.
        let shown = record_file(act.conn, act.at, Some(by), a_picture(act))?;
        diesel::update(charter_statements::table.find((in_force.id, &gone.id)))
            .set((
                charter_statements::picture_file_id.eq(shown.id),
                charter_statements::picture_words.eq("Four people talk."),
            ))
            .execute(act.conn)?;
        Ok((new, gone.id))
    });
    assert!(portal.read(Draft::open).is_some());
    let leave = portal.act_as(&steward, |act| {
        let hub = Organisation::find_by_slug(act.conn, "the-hub")?;
        grant_leave(act, &hub, steward.account().id, LeaveKind::OneSignatory, "One of two is ill.")
    });
    let statements = "/vrp/charter/draft/statements";
    vec![
        ("/charter/{version}/pictures/{statement}", format!("/charter/1/pictures/{gone}")),
        ("/vrp/organisations/{slug}/leave/{leave}", format!("/vrp/organisations/the-hub/leave/{leave}")),
        ("/vrp/charter/draft/texts/{text}", "/vrp/charter/draft/texts/introduction".to_owned()),
        ("/vrp/charter/draft/statements/{statement}", format!("{statements}/{new}")),
        ("/vrp/charter/draft/statements/{statement}/return", format!("{statements}/{gone}/return")),
        ("/vrp/charter/draft/statements/{statement}/picture", format!("{statements}/{new}/picture")),
        ("/vrp/charter/draft/statements/{statement}/picture/removal", format!("{statements}/{new}/picture/removal")),
        ("/vrp/charter/draft/statements/{statement}/picture/file", format!("{statements}/{new}/picture/file")),
        ("/vrp/charter/draft/statements/{statement}/texts/{text}", format!("{statements}/{new}/texts/words")),
    ]
}
