//! The audit trail: whole, and broken for all to see when someone writes past the portal.

use std::sync::mpsc::channel;
use std::time::Duration;

use diesel::prelude::*;
use serde_json::json;
use youth_charter::acts::Act;
use youth_charter::audit::{Subject, Verdict, latest_entries, verify_chain};
use youth_charter::db::schema::accounts;
use youth_charter::error::Result;
use youth_charter::ids::AccountId;

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
        "name_salt = NULL",
        "name_digest = NULL",
        "form = 1",
        "form = 3",
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

fn touch(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::update(accounts::table.find(account)).set(accounts::name.eq(accounts::name)).execute(act.conn)?;
    Ok(())
}

#[test]
fn whoever_has_recorded_and_waits_for_a_row_keeps_nobody_from_recording() {
    let portal = spawn_portal();
    let account = portal.signed_up("Asha Patel").account().id;
    let (touched, is_touched) = channel();
    let (recorded, is_recorded) = channel();
    std::thread::scope(|scope| {
        let portal = &portal;
        scope.spawn(move || {
            portal.act(|act| {
                touch(act, account)?;
                touched.send(()).expect("somebody listens");
                // Where only one writes at a time, the other has not begun and says nothing.
                let _ = is_recorded.recv_timeout(Duration::from_millis(500));
                act.record("second", Subject::of("test", 2), json!({}))
            });
        });
        scope.spawn(move || {
            is_touched.recv().expect("the row is held");
            portal.act(|act| {
                act.record("first", Subject::of("test", 1), json!({}))?;
                recorded.send(()).ok();
                touch(act, account)
            });
        });
    });
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)));
    portal.read_all_letters();
}

#[test]
fn an_act_that_fails_leaves_neither_change_nor_entry() {
    let (portal, entries) = some_history();
    let failed = portal.try_act(youth_charter::audit::Actor::portal(), |act| {
        youth_charter::accounts::invite_first_steward(act)?;
        act.record("thought better of", Subject::of("test", 1), json!({}))?;
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

/// Two who did things, and one of them erased: the trail of one with a name, of the other without.
fn history_with_someone_erased() -> (RunningPortal, i64) {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let second = portal.lead_of(&hub.organisation);
    portal.pledge_in_force(&hub.organisation, &portal.signatory_of(&hub.organisation), &second);
    let account = hub.lead.account().clone();
    portal.act_as(&hub.lead, |act| youth_charter::your_data::erase_account(act, &account));
    portal.read_all_letters();
    match portal.read(verify_chain) {
        Verdict::Whole(entries) => (portal, entries),
        other => panic!("{other:?}"),
    }
}

#[test]
fn after_an_erasure_the_trail_is_whole_and_a_changed_entry_is_still_found() {
    let (portal, entries) = history_with_someone_erased();
    let hub = portal.read(|conn| youth_charter::organisations::Organisation::find_by_slug(conn, "the-hub"));
    let names: Vec<_> = portal
        .read(|conn| latest_entries(conn, hub.id, 1000))
        .into_iter()
        .map(|entry| (entry.verb, entry.actor_name))
        .collect();
    assert!(names.contains(&("registration submitted".into(), "A former member".into())), "{names:?}");
    assert!(names.iter().any(|(_, name)| name.starts_with("Lead")), "the other lead has their name: {names:?}");
    portal.act(|act| act.record("went on", Subject::of("test", 1), json!({})));
    assert_eq!(portal.read(verify_chain), Verdict::Whole(entries + 1));
    for (what, which) in [
        ("actor_name = 'someone else'", "actor_name = 'A former member'"),
        ("actor_name = 'Lead of The Hub'", "verb = 'registration submitted'"),
        ("actor_name = 'someone else'", "verb = 'pledge signed'"),
        ("details = '{\"x\":1}'", "actor_name = 'A former member'"),
        ("verb = 'nothing happened'", "actor_name = 'A former member'"),
        ("details = '{\"older_entries\":0,\"seal\":\"x\"}'", "verb = 'account erased'"),
    ] {
        let (portal, _) = history_with_someone_erased();
        tamper(
            &portal,
            &format!(
                "UPDATE audit_entries SET {what} WHERE sequence = (SELECT min(sequence) FROM audit_entries WHERE {which})"
            ),
        );
        assert!(matches!(portal.read(verify_chain), Verdict::BrokenAt(_)), "{what} where {which}");
    }
}

#[test]
fn a_name_cannot_be_taken_out_behind_the_portals_back() {
    let (portal, _) = history_with_someone_erased();
    // Whoever reads how it is done can do it to another; but no entry answers for that.
    tamper(
        &portal,
        "UPDATE audit_entries SET actor_name = 'A former member', name_salt = NULL \
         WHERE sequence = (SELECT min(sequence) FROM audit_entries WHERE verb = 'pledge signed')",
    );
    assert!(matches!(portal.read(verify_chain), Verdict::BrokenAt(_)));
}

/// Puts the trail back into the form that the version before wrote.
fn in_the_old_form(portal: &RunningPortal) {
    use diesel::prelude::*;
    use sha2::{Digest, Sha256};
    use youth_charter::audit::AuditEntry;
    use youth_charter::db::schema::{audit_entries, audit_heads};
    portal.act(|act| {
        let entries: Vec<AuditEntry> =
            audit_entries::table.order(audit_entries::sequence).select(AuditEntry::as_select()).load(act.conn)?;
        let mut previous = String::new();
        for entry in entries {
            let fields = serde_json::json!([
                entry.sequence,
                entry.at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string(),
                entry.actor_id,
                entry.actor_name,
                entry.verb,
                entry.subject,
                entry.organisation_id,
                entry.details,
                previous,
            ]);
            let hash = hex::encode(Sha256::digest(fields.to_string()));
            diesel::update(audit_entries::table.find(entry.sequence))
                .set((
                    audit_entries::form.eq(1),
                    audit_entries::name_salt.eq(None::<String>),
                    audit_entries::name_digest.eq(None::<String>),
                    audit_entries::previous_hash.eq(&previous),
                    audit_entries::hash.eq(&hash),
                ))
                .execute(act.conn)?;
            previous = hash;
        }
        diesel::update(audit_heads::table.find(1)).set(audit_heads::hash.eq(previous)).execute(act.conn)?;
        Ok(())
    });
}

#[test]
fn entries_of_before_still_verify_and_are_sealed_again_when_someone_is_erased() {
    let old_history = || {
        let portal = spawn_portal();
        let hub = portal.approved_organisation("The Hub");
        in_the_old_form(&portal);
        assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)), "as the version before wrote it");
        let account = hub.lead.account().clone();
        portal.act_as(&hub.lead, |act| youth_charter::your_data::erase_account(act, &account));
        portal.read_all_letters();
        assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)), "after the erasure");
        portal
    };
    let old = "(SELECT min(sequence) FROM audit_entries WHERE form = 3)";
    for change in ["verb = 'x'", "details = '{}x'", "subject = 'x'", "actor_name = 'x'", "at = '2020-01-01 00:00:00'"] {
        let portal = old_history();
        tamper(&portal, &format!("UPDATE audit_entries SET {change} WHERE sequence = {old}"));
        assert!(matches!(portal.read(verify_chain), Verdict::BrokenAt(_)), "{change}");
    }
    // And in the old form itself.
    let portal = spawn_portal();
    portal.approved_organisation("The Hub");
    in_the_old_form(&portal);
    tamper(&portal, "UPDATE audit_entries SET actor_name = 'x' WHERE sequence = 3");
    assert_eq!(portal.read(verify_chain), Verdict::BrokenAt(3));
}
