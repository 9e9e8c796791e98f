//! The audit trail: whole, and broken for all to see when someone writes past the portal.

use diesel::RunQueryDsl;
use youth_charter::audit::{Verdict, latest_entries, verify_chain};

use crate::harness::{RunningPortal, spawn_portal};

/// A portal in which a few things have happened, and how many.
fn some_history() -> (RunningPortal, i64) {
    let portal = spawn_portal();
    portal.approved_organisation("The Hub");
    match portal.read(verify_chain) {
        Verdict::Whole(entries) if entries > 5 => (portal, entries),
        other => panic!("{other:?}"),
    }
}

fn tamper(portal: &RunningPortal, sql: &str) {
    let changed = portal.inside.db.write_here(|conn| Ok(diesel::sql_query(sql).execute(conn)?));
    assert_eq!(changed.expect("a database does what it is told"), 1, "{sql}");
}

#[test]
fn every_change_leaves_its_entry_with_who_and_about_whom() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let entries = portal.read(|conn| latest_entries(conn, hub.organisation.id, 100));
    let told: Vec<_> = entries.iter().rev().map(|entry| (entry.verb.as_str(), entry.actor_name.as_str())).collect();
    assert_eq!(told.first(), Some(&("registration begun", "Lead of The Hub")));
    assert_eq!(told.last(), Some(&("organisation approved", "the portal")));
    assert!(told.contains(&("registration submitted", "Lead of The Hub")), "{told:?}");
}

#[test]
fn a_changed_entry_is_found() {
    for change in [
        "actor_name = 'someone else'",
        "details = '{}'",
        "verb = 'nothing happened'",
        "at = '2020-01-01 00:00:00'",
        "organisation_id = NULL",
    ] {
        let (portal, _) = some_history();
        tamper(
            &portal,
            &format!(
                "UPDATE audit_entries SET {change} WHERE sequence = (SELECT max(sequence) FROM audit_entries WHERE details <> '{{}}' AND organisation_id IS NOT NULL)"
            ),
        );
        assert!(matches!(portal.read(verify_chain), Verdict::BrokenAt(_)), "{change}");
    }
}

#[test]
fn a_removed_entry_is_found_where_it_was() {
    let (portal, _) = some_history();
    tamper(&portal, "DELETE FROM audit_entries WHERE sequence = 3");
    assert_eq!(portal.read(verify_chain), Verdict::BrokenAt(3));
}

#[test]
fn removing_the_last_entry_is_found_too() {
    let (portal, entries) = some_history();
    tamper(&portal, &format!("DELETE FROM audit_entries WHERE sequence = {entries}"));
    assert_eq!(portal.read(verify_chain), Verdict::BrokenAt(entries));
}

#[test]
fn an_act_that_fails_leaves_neither_change_nor_entry() {
    let (portal, entries) = some_history();
    let failed = portal.try_act(youth_charter::audit::Actor::portal(), |act| {
        youth_charter::accounts::invite_first_steward(act)?;
        act.record("thought better of", youth_charter::audit::Subject::of("test", 1), serde_json::json!({}))?;
        Err::<(), _>(youth_charter::error::Error::Conflict)
    });
    assert!(failed.is_err());
    assert_eq!(portal.read(verify_chain), Verdict::Whole(entries));
}

#[test]
fn many_at_once_leave_one_chain_without_gaps() {
    let (portal, entries) = some_history();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for number in 0..10 {
                    let subject = youth_charter::audit::Subject::of("test", number);
                    portal.act(|act| act.record("counted", subject, serde_json::json!({})));
                }
            });
        }
    });
    assert_eq!(portal.read(verify_chain), Verdict::Whole(entries + 40));
}
