//! Evidence that is a link, what is seen of evidence beside its question, and reminders to look at documents again.

use chrono::{Days, Duration};
use youth_charter::documents::{Document, NewDocument, add_document};
use youth_charter::quality::{Assessment, add_evidence};
use youth_charter::reminders::do_what_is_due;

use crate::harness::{NewOrganisation, PDF, a_pdf, count_statements, spawn_portal, statements_on};
use crate::quality::{QUALITY, answer_the_rest, sign_and_send};

const LIST: &str = "/organisations/the-hub/documents";
const WELCOME: &str = "/organisations/the-hub/quality/indicators/exp-welcome-first-visit";
const LINK: &str = "Or a web address";

#[test]
fn a_link_is_evidence_too_and_is_kept_once() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    lead.visit(QUALITY).press("Begin");
    lead.visit(WELCOME).press("Add this evidence");
    assert_eq!(
        lead.problems(),
        ["Say what the file is, such as ‘Welcome checklist’", "Select a file, or enter a web address"]
    );
    for wrong in ["javascript:alert(1)", "https://asha:secret@thehub.example", "ftp://thehub.example/x", "our website"]
    {
        lead.visit(WELCOME).fill("What it is", "Our rules").fill(LINK, wrong).press("Add this evidence");
        let problem = "Enter a web address in full, like https://www.example.org/our-policy";
        assert_eq!(lead.problems(), [problem], "{wrong}");
        assert_eq!(lead.value_of(LINK), wrong, "what was typed stays");
    }
    lead.visit(WELCOME).fill("What it is", "Our rules").fill(LINK, "https://thehub.example/rules");
    lead.attach("File", "rules.pdf", PDF).press("Add this evidence");
    assert_eq!(lead.problems(), ["Select a file, or enter a web address, not both"]);
    lead.visit(WELCOME).fill("What it is", "Our rules").fill(LINK, "thehub.example/rules").press("Add this evidence");
    lead.sees("The evidence is added").sees("link to thehub.example").sees("Looked after by");
    let link = lead.page().links("Our rules")[0];
    assert_eq!(link.attr("href"), Some("https://thehub.example/rules"));
    assert_eq!(link.attr("rel"), Some("external noopener noreferrer"));

    lead.visit(LIST).sees("Link to thehub.example").sees("Serves 1 answer").follow("Our rules");
    lead.sees("Open thehub.example (another website)").sees("The portal keeps the address only");
    lead.visit(LIST).follow("Add a document").fill("What it is", "Rules again");
    lead.fill(LINK, "https://thehub.example/rules").press("Add this document").sees("as Our rules. It is kept once");
    let document = portal.read(|conn| Document::all_of(conn, organisation.id)).remove(0);
    assert_eq!(document.0.address.as_deref(), Some("https://thehub.example/rules"));
    // Its file is a line of text, which travels with everything else.
    let file = lead.ask(&format!("{LIST}/{}/file", document.0.id));
    assert_eq!(file.text(), "https://thehub.example/rules\n");

    answer_the_rest(&portal, organisation.id, &lead);
    sign_and_send(&portal, &organisation, &mut lead);
    let mut rae = portal.reviewer();
    rae.visit("/review").follow("The Hub").tick("I know of no reason why I could not be fair to The Hub");
    rae.press("Take this review").follow("What happens when a young person");
    rae.sees("link to thehub.example");
    portal.read_all_letters();
    let link = rae.page().links("Our rules")[0];
    assert_eq!(link.attr("href"), Some("https://thehub.example/rules"));
}

#[test]
fn whoever_looks_after_a_document_is_told_a_month_before_its_day_and_once() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    let due = || do_what_is_due(&portal.inside).expect("it is done");
    let day = portal.today() + Days::new(45);
    for (title, bytes) in [("Safeguarding policy", &b"%PDF-1.4 one"[..]), ("Minutes", b"%PDF-1.4 two")] {
        asha.visit(LIST).follow("Add a document").fill("What it is", title).attach("File", "file.pdf", bytes);
        asha.fill_date("Review by (optional)", day).press("Add this document");
    }
    portal.read_all_letters();
    due();
    assert!(portal.letters_about(asha.email(), "Documents to look at again").is_empty());
    portal.advance(Duration::days(15));
    due();
    due();
    let told = portal.letters_about(asha.email(), "Documents to look at again");
    assert_eq!(told.len(), 1, "one letter for both: {told:#?}");
    assert!(told[0].text.contains("Safeguarding policy") && told[0].text.contains("Minutes"), "{}", told[0].text);
    assert!(portal.letters_about(lead.email(), "Documents to look at again").is_empty());
    // With another day it is told again; once its keeper has left, the leads are.
    let mut asha = portal.signed_in(asha.account());
    asha.visit(LIST).follow("Minutes").fill_date("Review by (optional)", day - Days::new(5)).press("Save");
    asha.visit("/organisations/the-hub/people/me/leaving").press("Leave");
    portal.read_all_letters();
    due();
    let told = portal.letters_about(lead.email(), "Documents to look at again");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].text.contains("Minutes") && !told[0].text.contains("Safeguarding"), "{}", told[0].text);
    lead = portal.signed_in(lead.account());
    lead.visit(LIST).sees("Review soon");
}

#[test]
fn two_hundred_files_are_taken_one_after_another_and_the_page_stays_a_handful_of_queries() {
    count_statements();
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    lead.visit(QUALITY).press("Begin");
    let (account, by) = (lead.account().id, lead.actor());
    let mut queries = || {
        let before = statements_on(portal.database());
        lead.visit(WELCOME);
        statements_on(portal.database()) - before
    };
    let few = queries();
    portal
        .try_act(by, |act| {
            let assessment = Assessment::latest_of(act.conn, organisation.id)?.expect("begun");
            for number in 0..200 {
                let file = a_pdf(act, &format!("{number}.pdf"));
                let title = format!("Photo {number}");
                let new = NewDocument { title, effective_on: None, review_by: None, address: None };
                let document = add_document(act, organisation.id, account, new, file)?;
                let indicator = "exp-welcome-first-visit".into();
                add_evidence(act, &assessment, &indicator, account, &document)?;
            }
            Ok(())
        })
        .expect("they are taken");
    let many = queries();
    lead.sees("Photo 199");
    assert!(many <= few + 2, "{few} queries without files, {many} with 200");
}
