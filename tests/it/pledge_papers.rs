//! What shows that an organisation has pledged: the Charter on paper, the certificate, and the mark to embed.

use youth_charter::charter::CharterVersion;
use youth_charter::organisations::{Organisation, StandingStep};

use crate::harness::{picture_of, poppler, spawn_portal};
use crate::pledging::{pledged, with_both_sides};

/// Words without regard to where lines break.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn anyone_takes_the_charter_along_and_the_paper_has_the_words_of_the_page() {
    let portal = spawn_portal();
    let mut anyone = portal.visitor();
    anyone.visit("/charter").sees("Download the Charter to print (PDF)");
    let answer = anyone.ask("/charter.pdf");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=600"));
    assert!(answer.header("content-disposition").is_some_and(|name| name.starts_with("inline")));
    let info = poppler("pdfinfo", &[], &answer.bytes);
    assert!(info.contains("Title:           Youth Charter") && info.contains("Tagged:          yes"), "{info}");
    let words = flat(&poppler("pdftotext", &[], &answer.bytes));
    // Each line of a paragraph stands in quotation marks of its own.
    let structure = flat(&poppler("pdfinfo", &["-struct-text"], &answer.bytes)).replace("\" \"", "");
    let charter = portal.read(CharterVersion::in_force);
    assert!(words.contains(&flat(&charter.introduction)), "{words}");
    for statement in portal.read(|conn| charter.statements(conn)) {
        for part in [&statement.theme, &statement.words, &statement.in_practice] {
            assert!(structure.contains(&flat(part)), "{part}\n{structure}");
            anyone.visit("/charter").sees(&flat(part));
        }
    }
    assert!(words.contains("Sample.") && words.contains(&charter.hash[..20]), "{words}");
    // The same text is the same file, however often and by whichever address it is asked for.
    assert!(anyone.ask("/charter/1/charter.pdf").bytes == answer.bytes);
    for nowhere in ["/charter/2/charter.pdf", "/charter/x/charter.pdf"] {
        assert_eq!(anyone.ask(nowhere).status, 404, "{nowhere}");
    }
}

#[test]
fn a_certificate_says_who_promised_what_and_its_code_leads_to_how_it_stands() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "Łódź & Zoë’s Hub");
    let (whole, address) = (hub.pledge(&portal), hub.address());
    hub.lead.visit(&address).sees("Download your certificate (PDF)");
    let answer = hub.lead.ask(&format!("{address}/certificate.pdf"));
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("private, no-store")));
    let info = poppler("pdfinfo", &[], &answer.bytes);
    assert!(info.contains("Tagged:          yes") && info.contains("Łódź & Zoë’s Hub has pledged"), "{info}");
    let words = flat(&poppler("pdftotext", &["-layout"], &answer.bytes));
    for part in [hub.lead.name(), hub.signatory.name(), &whole.pledge.code, "For Respect we will."] {
        assert!(words.contains(part), "{part}\n{words}");
    }
    let (width, points) = picture_of(&answer.bytes, 1);
    let mut seen =
        rqrr::PreparedImage::prepare_from_greyscale(width, points.len() / width, |x, y| points[y * width + x]);
    let code = seen.detect_grids()[0].decode().expect("a camera can read it").1;
    assert!(code.ends_with(&format!("/verify/{}", whole.pledge.code)), "{code}");
    let mut camera = portal.visitor();
    let place = code.split_once("/verify").map(|(_, rest)| format!("/verify{rest}")).expect("it leads there");
    camera.visit(&place).sees("it stands today").sees("For governance Someone who may, on");
    // Who signed is the organisation's to show.
    camera.does_not_see(hub.lead.name()).does_not_see(hub.signatory.name());

    let mut other = with_both_sides(&portal, "Another Club");
    assert_eq!(other.lead.ask(&format!("{address}/certificate.pdf")).status, 404);
    assert_eq!(other.lead.ask(&format!("{}/certificate.pdf", other.address())).status, 404, "it has not pledged");
    other.lead.visit(&other.address()).does_not_see("Download your certificate");
}

#[test]
fn a_mark_says_how_things_stand_on_the_day_it_is_looked_at() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "The Hub");
    let pledge = hub.pledge(&portal).pledge;
    let badge = format!("/badges/{}.svg", pledge.code);
    let mut elsewhere = portal.visitor();
    let answer = elsewhere.ask(&badge);
    assert_eq!(answer.header("content-type"), Some("image/svg+xml; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"));
    assert!(answer.header("set-cookie").is_none(), "nobody is followed around");
    let mut says = |words: &str, status: u16| {
        let answer = elsewhere.ask(&badge);
        assert_eq!(answer.status, status);
        let drawn = String::from_utf8(answer.bytes).expect("text");
        assert!(drawn.contains(&format!("<title>Youth Charter pledge: {words}")), "{words}: {drawn}");
        assert!(!drawn.contains("style") && !drawn.contains("script"), "{drawn}");
    };
    says("until ", 200);
    let steward = portal.steward();
    let take = |step| {
        portal.act_as(&steward, |act| {
            Organisation::find(act.conn, hub.organisation.id)?.take_step(act, step, steward.account(), "The insurance.")
        });
    };
    take(StandingStep::Suspend);
    says("Suspended", 200);
    take(StandingStep::Reopen);
    says("until ", 200);
    portal.lapse_pledges();
    says("Ended", 200);
    for nothing in ["/badges/PL-22222222.svg", "/badges/nonsense.svg"] {
        let answer = elsewhere.ask(nothing);
        assert_eq!(answer.status, 404);
        let drawn = String::from_utf8(answer.bytes).expect("text");
        assert!(drawn.contains("This code is not known"), "{nothing}: {drawn}");
    }
    assert_eq!(elsewhere.ask(&format!("/badges/{}", pledge.code)).status, 404);
    portal.read_all_letters();
    hub.lead.visit(&hub.address()).does_not_see("Put this mark on your website");
}
