//! One's own training: the record on paper, links by which others check it, next steps, and certificates.

use chrono::{Days, Duration, Months, NaiveDate};
use youth_charter::drawing::draw_here;
use youth_charter::my_training::{RecordLink, ShownRecord, record_paper};
use youth_charter::organisations::{Organisation, find_person_of};
use youth_charter::training::{Module, NewCompletion, log_completion};

use crate::harness::{NewOrganisation, Person, RunningPortal, a_pdf, picture_of, poppler, spawn_portal};

/// Someone has completed a module; a lead logged it where one is given.
fn completed(
    portal: &RunningPortal,
    owner: &Person,
    by: Option<(&Person, &Organisation)>,
    module: &str,
    on: NaiveDate,
) {
    let logger = by.map_or(owner, |(lead, _)| lead);
    let within = by.map(|(_, organisation)| organisation.id);
    portal.act_as(logger, |act| {
        let person = find_person_of(act.conn, owner.account().id)?.expect("a member is a person");
        let new = NewCompletion {
            person,
            module: Module::find(act.conn, &module.into())?,
            equivalent: None,
            completed_on: on,
            provider: "Base 51".to_owned(),
            certificate: Some(a_pdf(act, "certificate.pdf")),
            logged_by: logger.account().id,
        };
        Ok(log_completion(act, within, new)?.expect("logged once"))
    });
}

fn links_of(portal: &RunningPortal, person: &Person) -> Vec<RecordLink> {
    portal.read(|conn| {
        let owner = find_person_of(conn, person.account().id)?.expect("a member is a person");
        RecordLink::all_of(conn, owner.id)
    })
}

/// The path of the newest link.
fn newest_path(portal: &RunningPortal, person: &Person) -> String {
    format!("/verify/{}", links_of(portal, person)[0].code)
}

#[test]
fn a_record_is_a_paper_that_says_what_when_by_whom_and_on_whose_word() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    let day = portal.today() - Months::new(2);
    completed(&portal, &asha, Some((&lead, &organisation)), "safeguarding", day);
    completed(&portal, &asha, None, "send", day);

    let answer = asha.ask("/my/training/record.pdf");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")));
    assert!(answer.header("content-disposition").is_some_and(|name| name.contains("Training record of Practitioner")));
    let info = poppler("pdfinfo", &[], &answer.bytes);
    assert!(info.contains(&format!("Title:           Training record of {}", asha.name())), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
    let read = poppler("pdfinfo", &["-struct-text"], &answer.bytes);
    let text: String =
        read.lines().map(|line| line.trim()).filter_map(|l| l.strip_prefix('"')?.strip_suffix('"')).collect();
    let text = text.replace('\u{a0}', " ");
    for words in [
        asha.name(),
        "Safeguarding",
        "Base 51",
        &day.format("%-d %b %Y").to_string(),
        &(day + Months::new(36)).format("Counts until %-d %b %Y").to_string(),
        "Confirmed by a lead of The Hub",
        "Their own word: nobody has confirmed it",
        "It has no link to check it by",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains('@') && !text.contains(lead.name()), "{text}");

    asha.visit("/my/training/links/new").press("Make the link").sees("The link is made");
    let answer = asha.ask("/my/training/record.pdf");
    let address = format!("{}{}", portal.site(), newest_path(&portal, &asha));
    let structure = poppler("pdfinfo", &["-struct-text"], &answer.bytes);
    assert!(structure.contains(&address) && structure.contains("Figure"), "{structure}");
    let (width, points) = picture_of(&answer.bytes, 1);
    let height = points.len() / width;
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| points[y * width + x]);
    assert_eq!(seen.detect_grids()[0].decode().expect("a camera reads it").1, address);
}

#[test]
fn a_link_shows_what_was_chosen_and_its_owner_sees_how_often_it_was_opened() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    completed(&portal, &asha, Some((&lead, &organisation)), "safeguarding", portal.today());
    completed(&portal, &asha, None, "send", portal.today());

    asha.visit("/my/training").follow("Share your record with a link").sees("You have no link that can be opened");
    asha.follow("Make a link").choose("What does it show?", "Only what I choose below").press("Make the link");
    assert_eq!(asha.status(), 422);
    assert_eq!(asha.error_beside("If you choose: which training?"), "Select the training that the link shows");
    asha.tick("Safeguarding").fill("For whom is it? (optional)", "For the Scouts").press("Make the link");
    asha.sees("For the Scouts").sees("Not yet");

    let path = newest_path(&portal, &asha);
    let mut anyone = portal.visitor();
    anyone.visit(&path).sees(asha.name()).sees("Safeguarding").sees("Confirmed by a lead of The Hub");
    anyone.sees("It shows the training that").does_not_see("SEND").does_not_see("Scouts").does_not_see("@");
    portal.visitor().visit(&path);
    // Their own look is not counted, nor is anything of those who looked.
    asha.visit(&path);
    asha.visit("/my/training/links").sees("2 times, last on");

    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    let link = links_of(&portal, &asha).remove(0);
    assert_eq!(stranger.send(&format!("/my/training/links/{}/end", link.id), &[]).status, 404);
    assert_eq!(stranger.ask(&format!("/my/training/record.pdf?link={}", link.id)).status, 404);
    let foreign = [("covers", "chosen"), ("modules", "governance"), ("lasts", "6")];
    assert_eq!(asha.send("/my/training/links/new", &foreign).status, 422, "what is not on the record");
}

#[test]
fn a_link_that_is_ended_or_over_says_no_more_than_one_that_never_was() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    completed(&portal, &asha, None, "send", portal.today());
    asha.visit("/my/training/links/new").choose("How long can it be opened?", "1 month").press("Make the link");
    let path = newest_path(&portal, &asha);
    assert_eq!(portal.visitor().ask(&path).status, 200);
    assert_eq!(portal.visitor().ask(&path.to_lowercase()).status, 200, "copied by hand");

    let name = asha.name().to_owned();
    let said = |path: &str, status: u16| {
        let answer = portal.visitor().ask(path);
        assert_eq!(answer.status, status, "{path}");
        let code = path.rsplit('/').next().expect("a code");
        assert!(!answer.text().contains(&name));
        answer.text().replace(code, "CODE")
    };
    let unknown = said("/verify/TR-222222222222", 404);
    asha.visit("/my/training/links").press("End this link").sees("Nobody can open it any more").sees("Ended by you");
    assert_eq!(said(&path, 410), unknown);
    let again = format!("/my/training/links/{}/end", links_of(&portal, &asha)[0].id);
    assert_eq!(asha.send(&again, &[]).status, 409);

    asha.visit("/my/training/links/new").choose("How long can it be opened?", "1 month").press("Make the link");
    let path = newest_path(&portal, &asha);
    let last = portal.today() + Months::new(1);
    portal.advance(Duration::days((last - portal.today()).num_days()));
    assert_eq!(portal.visitor().ask(&path).status, 200, "on its last day");
    portal.advance(Duration::days(1));
    assert_eq!(said(&path, 410), unknown);
}

#[test]
fn nobody_has_more_than_twenty_links_at_a_time() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    completed(&portal, &asha, None, "send", portal.today());
    let form = [("covers", "everything"), ("lasts", "6")];
    for _ in 0..20 {
        assert_eq!(asha.send("/my/training/links/new", &form).status, 303);
    }
    assert_eq!(asha.send("/my/training/links/new", &form).status, 422);
    let end = format!("/my/training/links/{}/end", links_of(&portal, &asha)[0].id);
    assert_eq!(asha.send(&end, &[]).status, 303);
    assert_eq!(asha.send("/my/training/links/new", &form).status, 303);
}

#[test]
fn the_next_steps_are_three_at_most_and_the_most_urgent_first() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead: mut asha } = portal.approved_organisation("The Hub");
    let today = portal.today();
    let first_step = |person: &mut Person, page: &str| -> Vec<String> {
        person.visit(page);
        let steps = person.page().all("ol.results h3");
        steps.iter().map(|step| step.text().collect::<String>().trim().to_owned()).collect()
    };
    let begin = first_step(&mut asha, "/my");
    assert_eq!(begin, ["Safeguarding", "Engaging and communication", "SEND"]);
    asha.sees("And 12 more, in your training");

    completed(&portal, &asha, None, "governance", today - Months::new(37));
    completed(&portal, &asha, None, "send", today - Months::new(36) + Days::new(20));
    for page in ["/my", "/my/training"] {
        let steps = first_step(&mut asha, page);
        assert_eq!(steps, ["Governance", "SEND", "Safeguarding"], "{page}");
        asha.sees("Done it again?").sees("Done it already?");
    }
    asha.follow("Log it: Governance");
    assert_eq!(asha.value_of("Training"), "Governance (Accountability)");

    let mut practitioner = portal.practitioner_of(&organisation);
    for module in portal.read(Module::all).into_iter().take(7) {
        completed(&portal, &practitioner, None, module.id.as_str(), today);
    }
    practitioner.visit("/my").sees("All the training you need is in date").does_not_see("more, in your training");
    portal.signed_up("Nia Newcomer").visit("/my").does_not_see("Your next steps");
}

#[test]
fn certificates_are_in_one_list_for_their_owner() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit("/my/training/certificates").sees("You have no certificates here yet");
    completed(&portal, &asha, None, "send", portal.today() - Months::new(40));
    completed(&portal, &asha, None, "send", portal.today());
    asha.visit("/my/training/certificates").sees("Ended ").sees("Counts until ");
    let links = asha.page().all("a[href$='/certificate']").iter().filter_map(|a| a.attr("href")).collect::<Vec<_>>();
    assert_eq!(links.len(), 2);
    let links: Vec<String> = links.into_iter().map(str::to_owned).collect();
    for link in links {
        assert_eq!(asha.ask(&link).status, 200);
    }
}

#[test]
fn a_long_record_flows_over_pages() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let asha = portal.practitioner_of(&organisation);
    for months in 0..60 {
        completed(&portal, &asha, None, "send", portal.today() - Months::new(months));
    }
    let record = portal.read(|conn| {
        let person = find_person_of(conn, asha.account().id)?.expect("a member is a person");
        ShownRecord::of(conn, person.id, None, portal.today())
    });
    let paper = record_paper(&record, None, portal.site(), portal.inside.clock.now());
    let info = poppler("pdfinfo", &[], &draw_here(paper).expect("it can be drawn"));
    let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).map(|n| n.trim().parse::<usize>());
    assert!(matches!(pages, Some(Ok(3..))), "{info}");
}
