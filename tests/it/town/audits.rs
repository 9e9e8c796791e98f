//! What there is of the skills audit in the town: a round, a personal link, someone without an account, a plan.

use youth_charter::organisations::{Engagement, MembershipRole, Organisation, Position, add_without_account};
use youth_charter::skills_audit::Round;
use youth_charter::skills_rounds::{InvitedBy, invite_by_link};
use youth_charter::training::{Module, TrainingPlan, plan_modules};
use youth_charter::words::EmailAddress;

use super::Crew;
use crate::harness::RunningPortal;

pub(super) fn audits(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let hub = portal.read(|conn| Organisation::find_public(conn, "the-hub"));
    let round = portal.read(Round::latest).expect("content opens a round");
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    let address = EmailAddress::parse("pat.paper@example.org").expect("an address");
    let by = crew.lead.account().id;
    let person = portal.act_as(&crew.lead, |act| {
        let member = add_without_account(act, hub.id, "Pat Paper", position)?;
        invite_by_link(act, &round, &hub, &member, &address, InvitedBy(by))?;
        let module = Module::all(act.conn)?.remove(0);
        plan_modules(act, hub.id, by, &[(module, "The audit showed it".to_owned())])?;
        Ok(member.person.id)
    });
    let link = portal.letter_to("pat.paper@example.org").link();
    let plan = portal.read(|conn| TrainingPlan::open_of(conn, hub.id)).remove(0).id;
    vec![
        ("/skills-audit/{token}/groups/{group}", format!("{link}/groups/keeping-young-people-safe")),
        ("/skills-audit/{token}", link),
        ("/vrp/skills-audit/rounds/{round}", format!("/vrp/skills-audit/rounds/{}", round.id)),
        ("/vrp/skills-audit/questions/{skill}", "/vrp/skills-audit/questions/build-trust".to_owned()),
        (
            "/organisations/{slug}/skills-audit/people/{person}",
            format!("/organisations/the-hub/skills-audit/people/{person}"),
        ),
        ("/organisations/{slug}/training/plan/{plan}", format!("/organisations/the-hub/training/plan/{plan}")),
    ]
}
