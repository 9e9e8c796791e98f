//! Pictures of the Charter's statements: chosen in the draft, said in words, shown to everyone once published, and no part of
//! what is promised.

use chrono::Duration;
use diesel::prelude::*;
use youth_charter::charter::{
    CharterVersion, Draft, NewPicture, Publication, Rewritten, begin_draft, drop_draft, publish_draft, put_picture,
    remove_picture,
};
use youth_charter::db::schema::files;
use youth_charter::ids::{FileId, StatementId};

use crate::harness::{PDF, Person, RunningPortal, a_picture, poppler, root, spawn_portal};

const PICTURE: &str = "/vrp/charter/draft/statements/respect/picture";
const SHOWS: &str = "Two friends shake hands “gently”.";

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/it/fixtures").join(name)).expect("it is there")
}

fn drafting(portal: &RunningPortal) -> Person {
    let mut steward = portal.steward();
    steward.visit("/vrp/charter").press("Begin a draft of the next version");
    steward
}

fn choose(steward: &mut Person, name: &str) {
    steward.visit("/vrp/charter/draft/statements/respect").follow("Choose: The picture");
    steward.attach("Picture", name, &fixture(name)).fill("What the picture shows", SHOWS).press("Save the picture");
    steward.sees("The picture is in the draft");
}

fn publish(portal: &RunningPortal, steward: &Person) -> CharterVersion {
    let draft = portal.read(Draft::open).expect("a draft");
    match portal.act_as(steward, |act| publish_draft(act, draft.edition, portal.today() + Duration::days(90))) {
        Publication::InForce(version) => version,
        Publication::Refused(faults) => panic!("{faults:?}"),
    }
}

fn pictures(portal: &RunningPortal) -> Vec<FileId> {
    portal.read(|conn| Ok(files::table.select(files::id).load(conn)?))
}

#[test]
fn a_picture_is_shown_to_everyone_once_it_is_published_and_is_no_part_of_the_promise() {
    for (name, media_type) in
        [("talking.png", "image/png"), ("talking.jpg", "image/jpeg"), ("talking.webp", "image/webp")]
    {
        let portal = spawn_portal();
        let mut steward = drafting(&portal);
        choose(&mut steward, name);
        let mut visitor = portal.visitor();
        let shown = steward.visit("/vrp/charter/draft/preview").page().all("img.statement__picture")[0]
            .attr("src")
            .expect("an address")
            .to_owned();
        assert_eq!(steward.page().all("img.statement__picture")[0].attr("alt"), Some(SHOWS));
        assert!(steward.ask(&shown).bytes == fixture(name));
        assert_eq!(steward.ask(&shown).header("cache-control"), Some("private, no-store"));
        assert_eq!(visitor.ask(&shown).status, 303, "not before it is published");
        assert_eq!(visitor.ask("/charter/1/pictures/respect").status, 404);
        steward.visit("/vrp/charter/draft/publication").sees("What the picture shows").sees("(a new picture)");

        let before = portal.read(CharterVersion::in_force);
        let after = publish(&portal, &steward);
        let image = visitor.visit("/charter").page().all("img.statement__picture");
        assert_eq!((image.len(), image[0].attr("alt")), (1, Some(SHOWS)));
        let address = image[0].attr("src").expect("an address").to_owned();
        let answer = visitor.ask(&address);
        assert!(answer.status == 200 && answer.bytes == fixture(name), "{address}");
        for (header, value) in [
            ("content-type", media_type),
            ("cache-control", "public, max-age=31536000, immutable"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
        ] {
            assert_eq!(answer.header(header), Some(value), "{header}");
        }
        for nowhere in ["/charter/1/pictures/respect", "/charter/2/pictures/safe-place", "/charter/x/pictures/respect"]
        {
            assert_eq!(visitor.ask(nowhere).status, 404, "{nowhere}");
        }

        // Only the number differs between the two hashes: the texts are the same.
        let statements = |version: &CharterVersion| portal.read(|conn| version.statements(conn));
        let texts = |version: &CharterVersion| {
            let texts = statements(version).into_iter().map(|s| (s.id, s.theme, s.words, s.in_practice));
            serde_json::json!([version.number, version.title, version.introduction, texts.collect::<Vec<_>>()])
        };
        for version in [&before, &after] {
            use sha2::{Digest, Sha256};
            assert_eq!(version.hash, hex::encode(Sha256::digest(texts(version).to_string())));
        }

        // And on paper, read out as its words.
        let paper = visitor.ask("/charter.pdf").bytes;
        assert!(poppler("pdfimages", &["-list"], &paper).contains("image"), "{name}");
        let structure = poppler("pdfinfo", &["-struct"], &paper);
        assert!(structure.contains("Figure"), "{structure}");
        assert_eq!(poppler("pdfimages", &["-list"], &visitor.ask("/charter/1/charter.pdf").bytes).lines().count(), 2);
    }
}

#[test]
fn what_is_no_picture_or_says_nothing_is_refused_and_what_was_typed_stays() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    steward.visit(PICTURE).press("Save the picture");
    assert_eq!(steward.problems(), ["Select a picture", "Say what the picture shows"]);
    let png = fixture("talking.png");
    // A header that promises a wall of dots.
    let mut vast = png.clone();
    vast[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let cut = &png[..png.len() / 2];
    for (name, bytes, problem) in [
        ("notes.pdf", PDF, "The picture must be a JPEG, PNG or WebP file"),
        ("talking.png", b"not a picture at all", "The picture must be a JPEG, PNG or WebP file"),
        ("talking.png", cut, "The picture is damaged, or of a kind that cannot be printed"),
        ("wall.png", &vast, "The picture"),
    ] {
        steward.attach("Picture", name, bytes).fill("What the picture shows", SHOWS).press("Save the picture");
        let said = steward.error_beside("Picture");
        assert!(steward.status() == 422 && said.starts_with(problem), "{name}: {said}");
        assert_eq!(steward.value_of("What the picture shows"), SHOWS);
    }
    let much = [png.as_slice(), &vec![0; 6 * 1024 * 1024]].concat();
    steward.attach("Picture", "much.png", &much).press("Save the picture");
    assert_eq!(steward.error_beside("Picture"), "The picture must be 5 MB or smaller");
    assert_eq!(pictures(&portal), [], "nothing was kept");
    // Its words are one of the texts, as long as there is a picture.
    assert_eq!(steward.ask("/vrp/charter/draft/statements/respect/texts/picture-words").status, 404);
    choose(&mut steward, "talking.jpg");
    steward.follow("Change: What the picture shows").fill("What the picture shows", "").press("Save");
    assert_eq!(steward.error_beside("What the picture shows"), "Enter the words");
    steward.fill("What the picture shows", "Three friends.").press("Save").sees("Three friends.");
}

#[test]
fn nobody_overwrites_a_picture_unseen_and_files_that_nothing_shows_are_forgotten() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    let by = steward.account().id;
    let respect = StatementId::from("respect");
    let mark =
        || portal.read(Draft::open).expect("a draft").statement(&respect).expect("it is there").mark_of_picture();
    let none = mark();
    let put = |words: &str, seen: &str| {
        portal.act_as(&steward, |act| {
            let new = NewPicture { file: a_picture(act), words: words.to_owned() };
            put_picture(act, &respect, new, by, seen)
        })
    };
    assert_eq!(put("The first.", &none), Rewritten::Saved);
    let first = mark();
    assert_eq!(put("The second.", &none), Rewritten::Theirs("The first.".to_owned()));
    assert_eq!(pictures(&portal).len(), 1, "the second was not written down");
    assert_eq!(put("The second.", &first), Rewritten::Saved);
    assert_eq!(pictures(&portal).len(), 1, "the first is forgotten");
    let removed = portal.act_as(&steward, |act| remove_picture(act, &respect, &first));
    assert_eq!(removed, Rewritten::Theirs("The second.".to_owned()));

    // At the page the same: both are told, and nothing typed is lost.
    steward.visit(PICTURE).attach("Picture", "talking.png", &fixture("talking.png"));
    steward.fill("What the picture shows", "Mine.");
    let second = mark();
    let other = portal.act(|act| {
        let new = NewPicture { file: a_picture(act), words: "Theirs.".to_owned() };
        put_picture(act, &respect, new, by, &second)
    });
    assert_eq!(other, Rewritten::Saved);
    steward.press("Save the picture").sees("Someone else changed the picture").sees("What it shows: Theirs.");
    assert_eq!((steward.status(), steward.value_of("What the picture shows")), (422, "Mine.".to_owned()));
    steward.press("Take the picture away").sees("The picture is taken out of the draft");
    assert_eq!(pictures(&portal), []);

    // A draft that begins as a copy shares its pictures: dropping it takes none from what is published.
    choose(&mut steward, "talking.webp");
    publish(&portal, &steward);
    portal.act_as(&steward, |act| begin_draft(act, by));
    let draft = portal.read(Draft::open).expect("a draft");
    portal.act_as(&steward, |act| drop_draft(act, draft.edition));
    assert_eq!(pictures(&portal).len(), 1);
    assert_eq!(portal.visitor().ask("/charter/2/pictures/respect").status, 200);
}

#[test]
fn a_picture_that_waits_for_the_virus_scanner_is_published_by_nobody() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    choose(&mut steward, "talking.png");
    let set = |state: &str| {
        portal.act(|act| Ok(diesel::update(files::table).set(files::state.eq(state)).execute(act.conn)?));
    };
    for state in ["waiting", "refused"] {
        set(state);
        steward.visit("/vrp/charter/draft/publication").sees("its picture is still being checked for viruses");
        let draft = portal.read(Draft::open).expect("a draft");
        let refused =
            portal.act_as(&steward, |act| publish_draft(act, draft.edition, portal.today() + Duration::days(90)));
        assert!(matches!(refused, Publication::Refused(_)), "{state}");
    }
    set("ready");
    publish(&portal, &steward);
}
