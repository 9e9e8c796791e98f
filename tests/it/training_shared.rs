//! What people share of their training with each organisation: the rest is nowhere to be found there.

use chrono::Days;
use proptest::prelude::*;
use youth_charter::organisations::{
    Engagement, Member, MembershipRole, Organisation, Position, find_person_of, join, person_of,
};
use youth_charter::training::{
    Completion, Matrix, Module, NewCompletion, Record, Shared, log_completion, share_training,
};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal, spawn_portal_in_a_file};

const CPD: &str = "youth-work-level-2";

fn enrolled(portal: &RunningPortal, person: &Person, organisation: &Organisation, accountable: bool) {
    let account = person.account().clone();
    let position = Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable };
    portal.act(|act| {
        let who = person_of(act, account.id, &account.name)?;
        join(act, organisation.id, who, position)
    });
}

/// Logs a module for oneself, on the pages of an organisation or on one's own; its id.
fn logged(
    portal: &RunningPortal,
    person: &Person,
    within: Option<&Organisation>,
    module: &str,
    days_ago: u64,
) -> Completion {
    let (account, on) = (person.account().id, portal.today() - Days::new(days_ago));
    portal.act_as(person, |act| {
        let new = NewCompletion {
            person: find_person_of(act.conn, account)?.expect("a member is a person"),
            module: Module::find(act.conn, &module.into())?,
            equivalent: None,
            completed_on: on,
            provider: format!("Given {days_ago} days ago"),
            certificate: Some(crate::harness::a_pdf(act, "certificate.pdf")),
            logged_by: account,
        };
        Ok(log_completion(act, within.map(|w| w.id), new)?.expect("logged once"))
    })
}

#[test]
fn an_organisation_sees_what_it_requires_and_what_was_logged_there_until_more_is_shared() {
    let portal = spawn_portal();
    let NewOrganisation { organisation: hub, lead: mut hub_lead } = portal.approved_organisation("The Hub");
    let NewOrganisation { organisation: barn, lead: mut barn_lead } = portal.approved_organisation("The Barn");
    let mut asha = portal.signed_up("Asha Patel");
    enrolled(&portal, &asha, &hub, false);
    let private = logged(&portal, &asha, None, CPD, 10);
    logged(&portal, &asha, None, "send", 11);
    logged(&portal, &asha, Some(&hub), "governance", 12);
    let record = |organisation: &str| {
        let person = portal.read(|conn| find_person_of(conn, asha.account().id)).expect("a person");
        format!("/organisations/{organisation}/training/people/{}", person.id)
    };
    let (hub_record, barn_record) = (record("the-hub"), record("the-barn"));

    hub_lead.visit(&hub_record).sees("Given 11 days ago").sees("Given 12 days ago").does_not_see("Given 10 days ago");
    for part in ["certificate", "confirmation"] {
        let path = format!("/organisations/the-hub/training/completions/{}/{part}", private.id);
        let answer = if part == "certificate" { hub_lead.ask(&path) } else { hub_lead.send(&path, &[]) };
        assert_eq!(answer.status, 404, "{part}");
    }
    enrolled(&portal, &asha, &barn, false);
    barn_lead.visit(&barn_record).sees("Given 11 days ago");
    barn_lead.does_not_see("Given 10 days ago").does_not_see("Given 12 days ago");

    asha.visit("/my/training").follow("What your organisations see").sees("The Hub").sees("The Barn");
    asha.choose("The Barn", "Everything I have completed").press("Save").sees("Your choices are saved");
    barn_lead.visit(&barn_record).sees("Given 10 days ago").sees("Given 12 days ago");
    hub_lead.visit(&hub_record).does_not_see("Given 10 days ago");
    let path = format!("/organisations/the-barn/training/completions/{}/certificate", private.id);
    assert_eq!(barn_lead.ask(&path).status, 200);

    // Leaving and joining again begins anew.
    let member = portal.read(|conn| Member::of_account(conn, barn.id, asha.account().id)).expect("a member");
    portal.act(|act| member.membership.end(act));
    assert_eq!(asha.send("/my/training/sharing", &[("shared-the-barn", "everything")]).status, 404);
    enrolled(&portal, &asha, &barn, false);
    barn_lead.visit(&barn_record).sees("Given 11 days ago").does_not_see("Given 10 days ago");
    asha.visit("/my/training").sees("Given 10 days ago").sees("Given 12 days ago");
    assert_eq!(portal.signed_up("Nia").ask("/my/training/sharing").status, 404);
}

/// A completion somewhere on someone's way through two organisations.
#[derive(Debug, Clone)]
struct Logged {
    module: usize,
    days_ago: u64,
    within: Option<usize>,
}

fn some_completions() -> impl Strategy<Value = Vec<Logged>> {
    let one = (0_usize..17, 0_u64..2000, proptest::option::of(0_usize..2));
    proptest::collection::vec(one.prop_map(|(module, days_ago, within)| Logged { module, days_ago, within }), 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_that_is_not_shared_is_ever_seen(
        completions in some_completions(),
        everything in proptest::array::uniform2(any::<bool>()),
        accountable in proptest::array::uniform2(any::<bool>()),
    ) {
        let portal = spawn_portal_in_a_file();
        let bodies = [portal.approved_organisation("The Hub"), portal.approved_organisation("The Barn")];
        let bodies = bodies.map(|new| new.organisation);
        let asha = portal.signed_up("Asha Patel");
        for (body, accountable) in bodies.iter().zip(accountable) {
            enrolled(&portal, &asha, body, accountable);
        }
        let modules = portal.read(Module::all);
        let mut made: Vec<Completion> = Vec::new();
        for one in completions {
            let module = modules[one.module].id.as_str();
            let day = portal.today() - Days::new(one.days_ago);
            if made.iter().all(|m| m.module_id.as_str() != module || m.completed_on != day) {
                made.push(logged(&portal, &asha, one.within.map(|at| &bodies[at]), module, one.days_ago));
            }
        }
        let person = portal.read(|conn| find_person_of(conn, asha.account().id)).expect("a person").id;
        for (body, everything) in bodies.iter().zip(everything) {
            let shared = if everything { Shared::Everything } else { Shared::Required };
            portal.act_as(&asha, |act| share_training(act, person, body.id, shared));
            let member = portal.read(|conn| Member::find_in(conn, body.id, person));
            let may_be_seen = |c: &Completion| {
                let module = modules.iter().find(|m| m.id == c.module_id).expect("a module");
                everything || c.logged_within == Some(body.id)
                    || module.is_required_of(&member.membership, body.legal_form)
            };
            let today = portal.today();
            let record = portal.read(|conn| Record::seen_in(conn, body, &member, today));
            let matrix = portal.read(|conn| Matrix::of(conn, body, today));
            let row = matrix.rows.iter().find(|row| row.member.person.id == person).expect("on the matrix");
            let latest = record.lines.iter().filter_map(|line| line.latest.as_ref());
            let mut seen: Vec<_> = latest.chain(&record.earlier).map(|entry| entry.completion.id).collect();
            let mut right: Vec<_> = made.iter().filter(|c| may_be_seen(c)).map(|c| c.id).collect();
            seen.sort();
            right.sort();
            prop_assert_eq!(seen, right);
            for (module, cell) in matrix.modules.iter().zip(&row.cells) {
                let newest = made.iter().filter(|c| c.module_id == module.id && may_be_seen(c)).map(|c| c.completed_on).max();
                prop_assert_eq!(cell.latest.as_ref().map(|latest| latest.completed_on), newest);
            }
            for completion in &made {
                let found = portal.inside.db.read_here(|conn| Completion::find_in(conn, body.id, completion.id));
                prop_assert_eq!(found.is_ok(), may_be_seen(completion));
            }
        }
    }
}
