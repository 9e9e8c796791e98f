//! What there is of training in the town: a session with a place taken, rules under way, a completion.

use youth_charter::accounts::Role;
use youth_charter::ids::{CompletionId, PersonId};
use youth_charter::my_training::{NewRecordLink, RecordLink};
use youth_charter::organisations::{Organisation, find_person_of, person_of};
use youth_charter::pathways::begin_rule_change;
use youth_charter::providers::invite_to_provider;
use youth_charter::training::{Module, NewCompletion, log_completion};
use youth_charter::training_sessions::guests_of;
use youth_charter::words::EmailAddress;

use super::Crew;
use crate::harness::{Person, RunningPortal, a_pdf};

/// A provider with a session on which the practitioner has a place.
pub(super) fn training_sessions(portal: &RunningPortal, crew: &Crew) -> (Vec<(&'static str, String)>, Person) {
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 5)).id;
    let mut practitioner = portal.same_person(&crew.practitioner);
    let hub = portal.read(|conn| Organisation::find_public(conn, "the-hub"));
    let place = format!("/my/sessions/{session}/place");
    assert_eq!(practitioner.send(&place, &[("organisation", hub.id.as_str())]).status, 303);
    let booking = portal.read(|conn| guests_of(conn, session)).remove(0).booking.id;
    let address = EmailAddress::parse("kit@example.org").expect("an address");
    let invited = portal.act(|act| invite_to_provider(act, &base.provider, "Kit", &address)).expect("the first");
    let provider = format!("/vrp/providers/{}", base.provider.id);
    let of_hub = format!("/organisations/the-hub/training/sessions/{session}");
    let addresses = vec![
        ("/vrp/providers/{provider}/people/{person}", format!("{provider}/people/{}", invited.id)),
        ("/vrp/providers/{provider}", provider),
        ("/provider-invitations/{token}", portal.letter_to("kit@example.org").link()),
        ("/provider/sessions/{session}", format!("/provider/sessions/{session}")),
        ("/my/sessions/{session}", format!("/my/sessions/{session}")),
        ("/organisations/{slug}/training/sessions/{session}", of_hub.clone()),
        ("/organisations/{slug}/training/sessions/{session}/places/{booking}", format!("{of_hub}/places/{booking}")),
    ];
    (addresses, base.person)
}

/// A module whose new rules are being written.
pub(super) fn rules(portal: &RunningPortal) -> Vec<(&'static str, String)> {
    let steward = portal.with_role("Sue Scribe", Role::Steward);
    portal.act_as(&steward, |act| {
        let module = Module::find(act.conn, &"send".into())?;
        begin_rule_change(act, &module, steward.account().id)
    });
    let send = "/vrp/training/modules/send";
    vec![
        ("/vrp/training/modules/{module}", send.to_owned()),
        ("/vrp/training/modules/{module}/rules/expiry/{basis}", format!("{send}/rules/expiry/fixed_day")),
        ("/vrp/training/modules/{module}/rules/requirements/{number}", format!("{send}/rules/requirements/1")),
    ]
}

/// A completion that someone logged for themselves, with its certificate.
pub(super) fn logged_training(portal: &RunningPortal, practitioner: &Person) -> (PersonId, CompletionId) {
    let account = practitioner.account();
    let today = portal.today();
    portal.act_as(practitioner, |act| {
        let person = person_of(act, account.id, &account.name)?;
        let module = Module::all(act.conn)?.remove(0);
        let new = NewCompletion {
            person: person.clone(),
            module,
            equivalent: None,
            completed_on: today,
            provider: "Base 51".to_owned(),
            certificate: Some(a_pdf(act, "certificate.pdf")),
            logged_by: account.id,
        };
        Ok((person.id, log_completion(act, None, new)?.expect("logged once").id))
    })
}

/// A link to someone's whole record.
pub(super) fn record_link_of(portal: &RunningPortal, person: &Person) -> String {
    let (account, ends_on) = (person.account().id, portal.today());
    let made = portal.act_as(person, |act| {
        let owner = find_person_of(act.conn, account)?.expect("a member is a person");
        RecordLink::make(act, owner.id, NewRecordLink { modules: None, note: String::new(), ends_on })
    });
    format!("/my/training/links/{}", made.expect("the first").id)
}
