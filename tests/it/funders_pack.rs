//! The pack for funders: what stands, the documents chosen, nobody's name.

use chrono::Duration;
use youth_charter::audit::latest_entries;
use youth_charter::documents::{NewDocument, add_document};

use crate::harness::{NewOrganisation, a_pdf, poppler, spawn_portal, words_of_paper};
use crate::your_data::unpack;

const PACK: &str = "/organisations/the-hub/funders-pack";

#[test]
fn a_pack_holds_what_stands_and_the_documents_that_were_ticked() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let asha = portal.practitioner_of(&organisation);
    lead.visit(PACK).sees("None in force: the paper says so").sees("You keep no document that is in date");
    let account = lead.account().id;
    let keep = |title: &str, days: i64| {
        portal.act_as(&lead, |act| {
            let file = a_pdf(act, &format!("{title}.pdf"));
            let review_by = Some(act.today() + Duration::days(days));
            let new = NewDocument { title: title.to_owned(), effective_on: None, review_by, address: None };
            add_document(act, organisation.id, account, new, file)
        })
    };
    keep("Safeguarding policy", 200);
    keep("Insurance", 100);
    let old = keep("Fire plan", -1);
    let signatory = portal.signatory_of(&organisation);
    let pledge = portal.pledge_in_force(&organisation, &signatory, &lead);
    portal.read_all_letters();

    lead.visit(PACK).sees("Left out").sees("Fire plan: to be looked at again since").sees("Insurance");
    lead.untick("Insurance").press("Download the pack (ZIP)");
    assert_eq!(lead.answer().header("content-type"), Some("application/zip"));
    let disposition = lead.answer().header("content-disposition").expect("it has a name").to_owned();
    assert_eq!(disposition, "attachment; filename=\"funders-pack-the-hub.zip\"");
    let pack = unpack(&lead.answer().bytes);
    let names: Vec<_> = pack.keys().map(String::as_str).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("files/Safeguarding policy ")), "{names:?}");
    let paper = &pack["Due diligence.pdf"];
    let text = words_of_paper(paper);
    for words in [
        "The Hub: for funders",
        &pledge.code,
        "It has no endorsement in force.",
        "Safeguarding policy",
        "Training in date",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for hidden in ["Insurance", "Fire plan", asha.name(), lead.name()] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    assert!(poppler("pdfinfo", &[], paper).contains("Tagged:          yes"));
    let table = String::from_utf8(pack["Training.csv"].clone()).expect("it is text");
    assert!(table.contains("Safeguarding,") && !table.contains(asha.name()), "{table}");

    // What is out of date cannot be sent along by naming it.
    let sneaked = lead.send(PACK, &[("documents", old.id.as_str())]);
    assert!(unpack(&sneaked.bytes).keys().all(|name| !name.contains("Fire plan")));
    let trail = portal.read(|conn| latest_entries(conn, organisation.id, 5));
    assert!(trail.iter().any(|entry| entry.verb == "pack for funders made"), "{trail:#?}");
}

#[test]
fn a_lead_makes_it_and_nobody_else() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    assert_eq!(portal.practitioner_of(&organisation).ask(PACK).status, 403);
    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    assert_eq!(stranger.ask(PACK).status, 404);
    assert_eq!(stranger.send(PACK, &[]).status, 404);
}
