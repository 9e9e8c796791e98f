//! What an organisation works towards and says to itself, and what it shares with others.

use chrono::Days;
use diesel::prelude::*;
use youth_charter::db::schema::learning_conversations as conversations;
use youth_charter::good_practice::{NewPractice, Practice, offer_practice};
use youth_charter::ids::{CommentId, ConversationId, IndicatorId, PracticeId};
use youth_charter::organisations::Organisation;
use youth_charter::quality::{Comment, Level, NewAction, PlannedAction, Sheet, add_comment};
use youth_charter::review::Endorsement;

use super::first_indicator;
use crate::harness::{Person, RunningPortal};

/// A question with a step planned for it, and a comment.
pub fn planned_and_said(portal: &RunningPortal, hub: &Organisation, by: &Person) -> (IndicatorId, CommentId) {
    let (indicator, account) = (IndicatorId::from(first_indicator(portal).as_str()), by.account().id);
    let comment = portal.act_as(by, |act| {
        let sheet = Sheet::latest_of(act.conn, hub.id)?;
        add_comment(act, hub, &sheet, sheet.indicator(&indicator)?, account, "Who knows more about this?")?;
        let new = NewAction {
            aim: Level::Excelling,
            first_step: "Ask them".to_owned(),
            due_on: act.today() + Days::new(90),
            owned_by: None,
            helper: String::new(),
            young_people: String::new(),
        };
        PlannedAction::plan(act, hub.id, &indicator, account, new)?;
        let said = Comment::on(act.conn, sheet.assessment.id, &indicator)?.remove(0);
        Ok(said.0.id)
    });
    portal.read_all_letters();
    (indicator, comment)
}

/// What an endorsement leads to; all of it stands at The Hub.
pub fn after_endorsement(
    portal: &RunningPortal,
    endorsement: &Endorsement,
    lead: &Person,
) -> Vec<(&'static str, String)> {
    let (practice, conversation) = (practice_of(portal, endorsement, lead), conversation_of(portal, endorsement));
    let hub = "/organisations/the-hub";
    vec![
        ("/organisations/{slug}/good-practice/{practice}", format!("{hub}/good-practice/{practice}")),
        ("/organisations/{slug}/conversations/{conversation}", format!("{hub}/conversations/{conversation}")),
        ("/review/conversations/{conversation}", format!("/review/conversations/{conversation}")),
    ]
}

/// A mark of good practice that is shared.
fn practice_of(portal: &RunningPortal, endorsement: &Endorsement, lead: &Person) -> PracticeId {
    let (indicator, by) = (IndicatorId::from(first_indicator(portal).as_str()), lead.account().id);
    portal.act_as(lead, |act| {
        let organisation = Organisation::find_by_slug(act.conn, "the-hub")?.id;
        let note = "A model for others".to_owned();
        let new = NewPractice { organisation, endorsement: endorsement.id, indicator, note, found_at: act.at };
        offer_practice(act, new)?;
        let offered = Practice::all_of(act.conn, organisation)?.remove(0);
        offered.share(act, by, "Two of us greet everyone.")?;
        Ok(offered.id)
    })
}

/// A conversation of The Hub, as if that endorsement were its own.
fn conversation_of(portal: &RunningPortal, endorsement: &Endorsement) -> String {
    let id = ConversationId::new().to_string();
    portal.read(|conn| {
        let hub = Organisation::find_by_slug(conn, "the-hub")?.id;
        let row = (
            conversations::id.eq(&id),
            conversations::endorsement_id.eq(endorsement.id),
            conversations::organisation_id.eq(hub),
            conversations::month.eq(12),
            conversations::due_on.eq(endorsement.starts_on),
            conversations::state.eq("due"),
            conversations::changed.eq(""),
            conversations::proud.eq(""),
            conversations::hard.eq(""),
            conversations::taken_along.eq(""),
        );
        diesel::insert_into(conversations::table).values(row).execute(conn)?;
        Ok(())
    });
    id
}
