//! What the statements promise: periods as they are set, no request to anyone else, and the cookies named and no other.

use std::collections::BTreeSet;

use youth_charter::app::samples;
use youth_charter::config::{Period, Retention};
use youth_charter::templates::fill;

use crate::harness::{Answer, Page, spawn_portal};
use crate::town::{Town, all_routes};

#[test]
fn the_privacy_page_shows_the_periods_that_are_set() {
    let portal = spawn_portal();
    portal
        .visitor()
        .visit("/privacy")
        .sees("90 days after they were written")
        .sees("36 months after you last signed in");
    let retention = Retention { letters: Period::Days(7), people_who_left: Period::Months(1), ..Retention::default() };
    let page = youth_charter::web::sample(&youth_charter::front::PrivacyPage::new(retention));
    let page = Page::parse(&fill(page.template, &page.context).expect("it is drawn"));
    let says = page.text();
    assert!(says.contains("7 days after they were written") && says.contains("1 month after they left"), "{says}");
    assert!(!says.contains("90 days after they were"));
}

/// Everything that a browser fetches by itself.
fn fetched(page: &Page) -> Vec<String> {
    let places = [
        ("script[src], img[src], iframe[src], source[src], video[src], audio[src], embed[src], track[src]", "src"),
        ("link[href], image[href], use[href]", "href"),
        ("form[action], button[formaction]", "action"),
        ("[srcset]", "srcset"),
        ("object[data]", "data"),
        ("[background]", "background"),
        ("[poster]", "poster"),
    ];
    let mut found = Vec::new();
    for (selector, attribute) in places {
        found.extend(page.all(selector).iter().filter_map(|element| element.attr(attribute)).map(str::to_owned));
    }
    found
}

#[track_caller]
fn expect_ours(what: &str, page: &Page) {
    for address in fetched(page) {
        let ours = address.starts_with('/') && !address.starts_with("//") || address.starts_with("data:image/");
        assert!(ours || address.starts_with('#'), "{what} fetches {address}");
    }
    assert!(page.all("meta[http-equiv]").is_empty() && page.all("base").is_empty(), "{what}");
}

#[test]
fn no_page_fetches_anything_from_anybody_else() {
    let mut pages = 0;
    for sample in samples() {
        let html = fill(sample.template, &sample.context).expect("it is drawn");
        expect_ours(sample.template, &Page::parse(&html));
        pages += 1;
    }
    assert!(pages > 100);
    let portal = spawn_portal();
    let css = portal
        .visitor()
        .visit("/")
        .page()
        .all("link[rel=stylesheet], script[src]")
        .iter()
        .map(|link| link.attr("href").or(link.attr("src")).unwrap_or_default().to_owned())
        .collect::<Vec<_>>();
    assert!(css.len() > 1);
    for address in css {
        let text = portal.visitor().ask(&address).text();
        for (_, rest) in text.match_indices("url(").map(|(at, _)| text[at..].split_at(4)) {
            let target = rest.trim_start_matches(['"', '\'']);
            let ours = target.starts_with('/') && !target.starts_with("//") || target.starts_with("data:");
            assert!(ours, "{address} fetches {}", target.chars().take(60).collect::<String>());
        }
        assert!(!text.contains("@import"), "{address}");
    }
}

#[test]
fn only_the_cookies_that_are_named_are_ever_set() {
    let town = Town::build_in(spawn_portal());
    let mut visitor = town.portal.visitor();
    let page = visitor.visit("/cookies").page();
    let named: BTreeSet<String> = page.all("tbody th").iter().map(|name| crate::harness::text_of(*name)).collect();
    assert_eq!(named.len(), 3);
    let mut set = BTreeSet::new();
    let mut note = |answer: &Answer| {
        for (_, value) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let name = value.split('=').next().unwrap_or_default().trim_start_matches("__Host-").to_owned();
            set.insert(name);
        }
        if answer.is_html() {
            expect_ours(&answer.path, &Page::parse(&answer.text()));
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'"), "{}: {policy}", answer.path);
    };
    for route in all_routes() {
        let address = town.address_of(&route.path);
        for who in ["visitor", "lead", "steward", "reviewer"] {
            let mut person = town.portal.same_person(town.person(who));
            let answer =
                if route.method == "GET" { person.ask(&address) } else { person.send(&address, &[("understood", "")]) };
            note(&answer);
        }
    }
    let fields = [("email", town.person("newcomer").email()), ("password", crate::harness::PASSWORD)];
    note(&town.portal.visitor().send("/sign-in", &fields));
    assert!(set.is_subset(&named), "{set:?} are set, {named:?} are named on /cookies");
    assert!(set.contains("session") && set.contains("notice"), "{set:?}");
    town.portal.read_all_letters();
}
