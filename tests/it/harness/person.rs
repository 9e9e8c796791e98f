//! A person with a browser: they visit, fill in by label, press, follow and look.
//! Whatever they ask for that is not there fails the test with the page's text.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use ego_tree::NodeId;
use scraper::ElementRef;
use youth_charter::accounts::Account;
use youth_charter::audit::Actor;

use super::browser::{Answer, Browser};
use super::form::{Filling, Fillings, Submission, Words, fill_every_form, read_form};
use super::log::logged_about;
use super::multipart::Attachment;
use super::page::{Page, ancestor, text_of, tidy, within};

/// Someone using the portal.
pub struct Person {
    browser: Browser,
    account: Option<Account>,
    answer: Answer,
    page: Page,
    /// What was put into fields since the page came.
    fillings: Fillings,
}

impl Person {
    pub fn new(site: &str) -> Self {
        let answer = Answer::nothing_yet();
        let (browser, page) = (Browser::new(site), Page::parse(""));
        Self { browser, account: None, answer, page, fillings: HashMap::new() }
    }

    pub(super) fn with_session(mut self, account: Account, session: &str) -> Self {
        self.account = Some(account);
        self.with_session_token(session)
    }

    /// The same person with another session's cookie.
    pub fn with_session_token(mut self, session: &str) -> Self {
        self.browser.set_cookie("session", session);
        self
    }

    /// The same person, with the same cookies, before another portal.
    pub(super) fn with_browser_on(&self, site: &str) -> Self {
        let browser = self.browser.elsewhere(site);
        Self { browser, account: self.account.clone(), ..Self::new(site) }
    }

    /// The account a fixture made for them.
    pub fn account(&self) -> &Account {
        self.account.as_ref().expect("someone with an account")
    }

    pub fn email(&self) -> &str {
        &self.account().email
    }

    pub fn name(&self) -> &str {
        &self.account().name
    }

    /// Them, as the audit trail names them.
    pub fn actor(&self) -> Actor {
        match &self.account {
            Some(account) => Actor { account: Some(account.id), name: account.name.clone() },
            None => Actor::visitor(),
        }
    }

    /// Opens an address, and goes on where it leads.
    #[track_caller]
    pub fn visit(&mut self, path: &str) -> &mut Self {
        let answer = self.browser.get(path);
        self.arrive(answer)
    }

    /// Types into the field with this label.
    #[track_caller]
    pub fn fill(&mut self, label: &str, text: &str) -> &mut Self {
        let control = self.one(self.page.controls_labelled(label), "field", label);
        self.put(control.id(), Filling::Text(text.to_owned()))
    }

    /// Types into a field of a group with this legend.
    #[track_caller]
    pub fn fill_in(&mut self, legend: &str, label: &str, text: &str) -> &mut Self {
        let control = self.in_group(legend, label);
        self.put(control, Filling::Text(text.to_owned()))
    }

    /// Types a day into the three boxes under a legend.
    #[track_caller]
    pub fn fill_date(&mut self, legend: &str, day: NaiveDate) -> &mut Self {
        self.fill_in(legend, "Day", &day.day().to_string());
        self.fill_in(legend, "Month", &day.month().to_string());
        self.fill_in(legend, "Year", &day.year().to_string())
    }

    /// Chooses a radio button under a legend, or an option of the list with this label.
    #[track_caller]
    pub fn choose(&mut self, question: &str, option: &str) -> &mut Self {
        let lists = self.page.controls_labelled(question);
        if let Some(list) = lists.iter().find(|control| control.value().name() == "select") {
            let options = within(*list, "option");
            let chosen = options.iter().find(|o| text_of(**o) == option);
            let chosen = chosen.unwrap_or_else(|| self.fail(format!("“{question}” has no option “{option}”")));
            let value = chosen.attr("value").map_or_else(|| text_of(*chosen), str::to_owned);
            return self.put(list.id(), Filling::Text(value));
        }
        let chosen = self.in_group(question, option);
        let group = self.one(self.page.groups_with_legend(question), "question", question);
        let all: Vec<_> = within(group, "input[type=radio]").iter().map(|radio| radio.id()).collect();
        for radio in all {
            self.put(radio, Filling::Ticked(radio == chosen));
        }
        self
    }

    /// Ticks the box with this label.
    #[track_caller]
    pub fn tick(&mut self, label: &str) -> &mut Self {
        let control = self.one(self.page.controls_labelled(label), "box", label);
        self.put(control.id(), Filling::Ticked(true))
    }

    /// Ticks a box under a legend.
    #[track_caller]
    pub fn tick_in(&mut self, legend: &str, label: &str) -> &mut Self {
        let control = self.in_group(legend, label);
        self.put(control, Filling::Ticked(true))
    }

    /// Takes the tick out of the box with this label.
    #[track_caller]
    pub fn untick(&mut self, label: &str) -> &mut Self {
        let control = self.one(self.page.controls_labelled(label), "box", label);
        self.put(control.id(), Filling::Ticked(false))
    }

    /// Chooses a file for the field with this label.
    #[track_caller]
    pub fn attach(&mut self, label: &str, name: &str, bytes: &[u8]) -> &mut Self {
        let control = self.one(self.page.controls_labelled(label), "file field", label);
        let form = ancestor(control, "form").unwrap_or_else(|| self.fail(format!("“{label}” is in no form")));
        if form.attr("enctype") != Some("multipart/form-data") {
            self.fail::<()>(format!("the form of “{label}” does not send files: it has no enctype"));
        }
        self.put(control.id(), Filling::File(Attachment { name: name.to_owned(), bytes: bytes.to_vec() }))
    }

    /// Presses a button, and goes on where it leads.
    #[track_caller]
    pub fn press(&mut self, words: &str) -> &mut Self {
        let button = self.one(self.page.buttons(words), "button", words);
        let submission = self.submission_by(button);
        self.submit(submission)
    }

    /// Presses the button that stands nearest to a text: the row, card or section with it.
    #[track_caller]
    pub fn press_in(&mut self, near: &str, words: &str) -> &mut Self {
        let button = self.nearest(self.page.buttons(words), near, words);
        let submission = self.submission_by(button);
        self.submit(submission)
    }

    /// Opens the link with these words.
    #[track_caller]
    pub fn follow(&mut self, words: &str) -> &mut Self {
        let links = self.page.links(words);
        let first = links.first().and_then(|link| link.attr("href"));
        let links = match links.iter().all(|link| link.attr("href") == first) {
            true => links.into_iter().take(1).collect(),
            false => links,
        };
        let link = self.one(links, "link", words);
        let path = self.browser.path_from(&self.answer.path, link.attr("href").unwrap_or_default());
        self.visit(&path)
    }

    /// Opens the link that stands nearest to a text.
    #[track_caller]
    pub fn follow_in(&mut self, near: &str, words: &str) -> &mut Self {
        let link = self.nearest(self.page.links(words), near, words);
        let path = self.browser.path_from(&self.answer.path, link.attr("href").unwrap_or_default());
        self.visit(&path)
    }

    /// Expects words on the page.
    #[track_caller]
    pub fn sees(&mut self, words: &str) -> &mut Self {
        if !self.reads().contains(words) {
            self.fail::<()>(format!("“{words}” is not on the page"));
        }
        self
    }

    /// Expects words not to be on the page, nor in its mark-up.
    #[track_caller]
    pub fn does_not_see(&mut self, words: &str) -> &mut Self {
        if self.reads().contains(words) || self.page.source().contains(words) {
            self.fail::<()>(format!("“{words}” is on the page"));
        }
        self
    }

    /// The status of the last answer.
    pub fn status(&self) -> u16 {
        self.answer.status
    }

    /// Where they are: the path and the query.
    pub fn path(&self) -> &str {
        &self.answer.path
    }

    pub fn heading(&self) -> String {
        self.page.heading()
    }

    /// The page before them.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The last answer, with its headers and bytes.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// What can be read on the page, on one line.
    pub fn reads(&self) -> String {
        tidy(&self.page.text())
    }

    /// What stands in the field with this label.
    #[track_caller]
    pub fn value_of(&self, label: &str) -> String {
        let control = self.one(self.page.controls_labelled(label), "field", label);
        match control.value().name() {
            "textarea" => control.text().collect(),
            "select" => {
                let chosen = within(control, "option[selected]").first().map(|option| text_of(*option));
                chosen.unwrap_or_default()
            }
            _ => control.attr("value").unwrap_or_default().to_owned(),
        }
    }

    /// The message beside the field with this label, or the group with this legend.
    #[track_caller]
    pub fn error_beside(&self, label: &str) -> String {
        let groups = self.page.groups_with_legend(label);
        let found = if groups.is_empty() { self.page.controls_labelled(label) } else { groups };
        let element = self.one(found, "field", label);
        self.page.error_of(element).unwrap_or_else(|| self.fail(format!("nothing is wrong with “{label}”")))
    }

    pub fn problems(&self) -> Vec<String> {
        self.page.problems()
    }

    /// Asks for an address and stays on the page: no redirect is followed.
    #[track_caller]
    pub fn ask(&mut self, path: &str) -> Answer {
        self.browser.get(path)
    }

    /// Sends fields to an address, whatever the page before them holds; no redirect is followed.
    #[track_caller]
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.browser.post(&Submission::of_fields(path, fields), "same-origin")
    }

    /// Every form on the page that changes something, filled in alike: see [`fill_every_form`].
    pub fn every_form_with(&self, words: Words<'_>, file: &Attachment) -> Vec<Submission> {
        let mut forms = fill_every_form(&self.page, words, file);
        forms.iter_mut().for_each(|form| form.path = self.browser.path_from(&self.answer.path, &form.path));
        forms
    }

    #[track_caller]
    pub fn send_form(&mut self, form: &Submission) -> Answer {
        self.browser.post(form, "same-origin")
    }

    /// Sends fields from another website, as a browser would say.
    #[track_caller]
    pub fn send_from_elsewhere(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.browser.post(&Submission::of_fields(path, fields), "cross-site")
    }

    /// The value of a cookie, if the browser has it.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.browser.cookie(name)
    }

    pub fn has_session(&self) -> bool {
        self.cookie("session").is_some()
    }

    /// Fails the test, with the page before them.
    #[track_caller]
    pub fn fail<T>(&self, why: impl std::fmt::Display) -> T {
        let Answer { status, path, .. } = &self.answer;
        panic!("{why}\n\non {path} ({status}):\n----\n{}\n----", self.page.text());
    }

    fn put(&mut self, control: NodeId, filling: Filling) -> &mut Self {
        self.fillings.insert(control, filling);
        self
    }

    /// The only one; none or several fail the test.
    #[track_caller]
    fn one<'a>(&self, found: Vec<ElementRef<'a>>, what: &str, words: &str) -> ElementRef<'a> {
        match found[..] {
            [only] => only,
            [] => self.fail(format!("there is no {what} “{words}”")),
            _ => self.fail(format!("there are {} of {what} “{words}”: give each a name of its own", found.len())),
        }
    }

    /// The one that shares the smallest part of the page with a text.
    #[track_caller]
    fn nearest<'a>(&self, found: Vec<ElementRef<'a>>, near: &str, words: &str) -> ElementRef<'a> {
        let distance = |element: &ElementRef<'a>| {
            let around = element.ancestors().filter_map(ElementRef::wrap).map(text_of);
            around.filter(|text| text.contains(near)).map(|text| text.len()).min()
        };
        let found = found.into_iter().filter_map(|element| Some((distance(&element)?, element)));
        let nearest = found.min_by_key(|(distance, _)| *distance).map(|(_, element)| element);
        nearest.unwrap_or_else(|| self.fail(format!("there is no “{words}” near “{near}”")))
    }

    #[track_caller]
    fn in_group(&self, legend: &str, label: &str) -> NodeId {
        let group = self.one(self.page.groups_with_legend(legend), "question", legend);
        let labelled = self.page.controls_labelled(label);
        let mut inside: Vec<_> =
            within(group, "input, textarea, select").into_iter().filter(|c| self.page.name_of(*c) == label).collect();
        if inside.is_empty() {
            inside = labelled.into_iter().filter(|c| c.ancestors().any(|a| a.id() == group.id())).collect();
        }
        self.one(inside, &format!("answer under “{legend}”:"), label).id()
    }

    #[track_caller]
    fn submission_by(&self, button: ElementRef<'_>) -> Submission {
        let submission = read_form(&self.page, &self.fillings, button);
        let mut submission = submission.unwrap_or_else(|| self.fail("this button stands in no form"));
        submission.path = self.browser.path_from(&self.answer.path, &submission.path);
        submission
    }

    #[track_caller]
    fn submit(&mut self, submission: Submission) -> &mut Self {
        let answer = match submission.is_get {
            true => self.browser.get(&submission.path),
            false => self.browser.post(&submission, "same-origin"),
        };
        self.arrive(answer)
    }

    /// Goes where an answer leads, and looks at the page there.
    #[track_caller]
    fn arrive(&mut self, first: Answer) -> &mut Self {
        self.answer = first;
        for _ in 0..5 {
            let Some(location) = self.answer.location().map(str::to_owned) else { break };
            let path = self.browser.path_from(&self.answer.path, &location);
            self.answer = self.browser.get(&path);
        }
        assert!(self.answer.location().is_none(), "{} leads on and on", self.answer.path);
        self.fillings.clear();
        self.page = Page::parse(&if self.answer.is_html() { self.answer.text() } else { String::new() });
        if self.answer.status == 500 {
            let reference = self.page.all(".reference").first().map(|r| text_of(*r)).unwrap_or_default();
            self.fail::<()>(format!("the portal failed: {}", logged_about(&reference)));
        }
        if self.answer.is_html() {
            self.expect_good_form();
        }
        self
    }

    /// What is true of every page.
    #[track_caller]
    fn expect_good_form(&self) {
        if let Some(flaw) = self.page.flaw() {
            self.fail::<()>(flaw);
        }
        if self.answer.status == 422 && (self.problems().is_empty() || !self.page.title().starts_with("Error: ")) {
            self.fail::<()>("a refused form says “Error” in its title and lists its problems");
        }
    }
}
