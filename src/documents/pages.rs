//! The list of documents, and one of them.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::document::Document;
use super::forms::DocumentForm;
use crate::clock::{day_of, say_day};
use crate::files::{FileState, StoredFile};
use crate::organisations::Organisation;
use crate::web::{Filled, Link, Page, Sample, count, sample};

/// Said beside the file when the store does not take it.
pub const FILES_AWAY: &str =
    "We cannot keep files at the moment. What you typed is still here: choose the file again in a few minutes";
pub(super) const CHANGED: &str = "The document is changed";
pub(super) const REMOVED: &str = "The document is removed";

pub(super) fn added_notice(wanted: &str, kept_as: &str) -> String {
    if wanted == kept_as {
        format!("{kept_as} is added")
    } else {
        format!("You have this file already, as {kept_as}. It is kept once")
    }
}

/// Whose documents they are.
#[derive(Clone, Copy)]
pub struct Library<'a> {
    name: &'a str,
    slug: &'a str,
}

impl<'a> Library<'a> {
    pub fn of(organisation: &'a Organisation) -> Self {
        Self { name: &organisation.name, slug: &organisation.slug }
    }

    pub fn address(self) -> String {
        format!("/organisations/{}/documents", self.slug)
    }
}

/// Its dates as people say them: `dated 3 May 2026, added 4 May 2026, review by 3 May 2027`.
pub fn dates_of(effective_on: Option<NaiveDate>, added_on: NaiveDate, review_by: Option<NaiveDate>) -> String {
    let dated = effective_on.map(|day| format!("dated {}, ", say_day(day))).unwrap_or_default();
    let review = review_by.map(|day| format!(", review by {}", say_day(day))).unwrap_or_default();
    format!("{dated}added {}{review}", say_day(added_on))
}

/// What it is beside its title: `policy.pdf, 340 KB`, or where a link leads.
pub fn kind_of(file: &StoredFile, address: Option<&str>) -> String {
    match address {
        Some(address) => format!("link to {}", host_of(address)),
        None => format!("{}, {}", file.name, file.say_size()),
    }
}

/// The name in an address: `www.thehub.example`.
fn host_of(address: &str) -> &str {
    address.split('/').nth(2).unwrap_or(address)
}

fn dates_as_sentence(document: &Document) -> String {
    let dates = dates_of(document.effective_on, day_of(document.added_at), document.review_by);
    capital(&dates)
}

fn capital(words: &str) -> String {
    words.chars().take(1).flat_map(char::to_uppercase).chain(words.chars().skip(1)).collect()
}

/// One document in a list.
#[derive(Serialize)]
pub struct DocumentRow {
    title: String,
    address: String,
    file: String,
    dates: String,
    uses: String,
    /// What wants attention; empty when nothing does.
    tag: &'static str,
    colour: &'static str,
}

impl DocumentRow {
    fn new(base: &str, document: &Document, file: &StoredFile, uses: i64, today: NaiveDate) -> Self {
        let (tag, colour) = match (file.state(), document.review_by) {
            (FileState::Refused, _) => ("Refused: virus found", "red"),
            (FileState::Waiting, _) => ("Being checked for viruses", "blue"),
            (FileState::Ready, Some(day)) if day < today => ("Review overdue", "orange"),
            (FileState::Ready, Some(day)) if day <= today + chrono::Days::new(60) => ("Review soon", "yellow"),
            _ => ("", ""),
        };
        Self {
            title: document.title.clone(),
            address: format!("{base}/{}", document.id),
            file: capital(&kind_of(file, document.address.as_deref())),
            dates: dates_as_sentence(document),
            uses: say_uses(uses),
            tag,
            colour,
        }
    }
}

fn say_uses(uses: i64) -> String {
    match uses {
        0 => "Not used yet".to_owned(),
        n => format!("Serves {}", count(n as usize, "answer", "answers")),
    }
}

/// Everything an organisation keeps.
#[derive(Serialize)]
pub struct DocumentsPage {
    organisation_name: String,
    new_address: String,
    documents: Vec<DocumentRow>,
    count_text: String,
    may_change: bool,
    #[serde(skip)]
    back_to: String,
}

impl DocumentsPage {
    pub fn new(library: Library<'_>, all: &[(Document, StoredFile, i64)], may_change: bool, today: NaiveDate) -> Self {
        let base = library.address();
        Self {
            organisation_name: library.name.to_owned(),
            new_address: format!("{base}/new"),
            documents: all.iter().map(|(d, file, uses)| DocumentRow::new(&base, d, file, *uses, today)).collect(),
            count_text: count(all.len(), "document", "documents"),
            may_change,
            back_to: format!("/organisations/{}", library.slug),
        }
    }
}

impl Page for DocumentsPage {
    const TEMPLATE: &'static str = "documents/documents";
    fn title(&self) -> String {
        "Documents".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new(&self.organisation_name, &self.back_to))
    }
}

/// Adding a document.
#[derive(Serialize)]
pub struct NewDocumentPage {
    organisation_name: String,
    action: String,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

impl NewDocumentPage {
    pub fn new(library: Library<'_>, form: Filled) -> Self {
        let back_to = library.address();
        Self { organisation_name: library.name.to_owned(), action: format!("{back_to}/new"), form, back_to }
    }
}

impl Page for NewDocumentPage {
    const TEMPLATE: &'static str = "documents/new";
    fn title(&self) -> String {
        "Add a document".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Documents", &self.back_to))
    }
}

/// What rests on a document, and on whom it rests.
pub struct Rests {
    pub uses: i64,
    pub keeper: Option<String>,
}

/// One document.
#[derive(Serialize)]
pub struct DocumentPage {
    title: String,
    action: String,
    download: String,
    /// Why it cannot be opened; then there is no link.
    unreadable: Option<&'static str>,
    removal: String,
    /// What a click gets: a file, or another website.
    open_text: String,
    leads_out: bool,
    dates: String,
    uses: String,
    /// Who looks after it.
    keeper: String,
    sha256: String,
    may_change: bool,
    may_remove: bool,
    form: Filled,
    /// The mark of what it says now.
    seen: String,
    /// Somebody else saved other words or dates while this form was filled in.
    meanwhile: bool,
    #[serde(skip)]
    back_to: String,
}

impl DocumentPage {
    pub fn new(
        library: Library<'_>,
        document: &Document,
        file: &StoredFile,
        rests: Rests,
        may_change: bool,
        form: Filled,
    ) -> Self {
        let base = library.address();
        let action = format!("{base}/{}", document.id);
        Self {
            title: document.title.clone(),
            download: document.address.clone().unwrap_or_else(|| format!("{action}/file")),
            open_text: match &document.address {
                Some(address) => format!("Open {} (another website)", host_of(address)),
                None => format!("Download {}, {}", file.name, file.say_size()),
            },
            leads_out: document.address.is_some(),
            unreadable: file.say_state(),
            removal: format!("{action}/removal"),
            action,
            dates: dates_as_sentence(document),
            uses: say_uses(rests.uses),
            keeper: rests.keeper.unwrap_or_else(|| "The leads together".to_owned()),
            sha256: file.sha256.clone(),
            may_change,
            may_remove: may_change && rests.uses == 0,
            form,
            seen: document.mark(),
            meanwhile: false,
            back_to: base,
        }
    }

    /// What was typed stands in the form, and is not saved.
    pub fn changed_meanwhile(self) -> Self {
        Self { meanwhile: true, ..self }
    }
}

impl Page for DocumentPage {
    const TEMPLATE: &'static str = "documents/document";
    fn title(&self) -> String {
        self.title.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Documents", &self.back_to))
    }
}

/// The form as a document fills it.
pub(super) fn filled_from(document: &Document) -> Filled {
    let form = Filled::blank(DocumentForm::FIELDS).with("title", document.title.as_str());
    let form = with_day(form, "effective", document.effective_on);
    with_day(form, "review", document.review_by)
}

fn with_day(form: Filled, name: &str, day: Option<NaiveDate>) -> Filled {
    let Some(day) = day else { return form };
    form.with(&format!("{name}-day"), day.day().to_string())
        .with(&format!("{name}-month"), day.month().to_string())
        .with(&format!("{name}-year"), day.year().to_string())
}

pub(super) fn samples() -> Vec<Sample> {
    let library = Library { name: "The Hub", slug: "the-hub" };
    let rows = [FileState::Ready, FileState::Waiting, FileState::Refused].map(made_up_document);
    let (document, file, uses) = &rows[0];
    let link = Document { address: Some("https://www.thehub.example/policy".into()), ..document.clone() };
    let rests = |uses| Rests { uses, keeper: None };
    let page = |form| DocumentPage::new(library, document, file, rests(*uses), true, form);
    vec![
        sample(&DocumentsPage::new(library, &rows, true, Default::default())),
        sample(&DocumentsPage::new(library, &[], true, Default::default())),
        sample(&NewDocumentPage::new(library, Filled::blank(DocumentForm::FIELDS))),
        sample(&page(filled_from(document))),
        sample(&page(filled_from(document).with_problem("title", "Say what the file is"))),
        sample(&DocumentPage::new(library, &rows[2].0, &rows[2].1, rests(0), true, filled_from(document))),
        sample(&page(filled_from(document)).changed_meanwhile()),
        sample(&DocumentPage::new(library, &link, &rows[0].1, rests(0), true, filled_from(document))),
    ]
}

fn made_up_document(state: FileState) -> (Document, StoredFile, i64) {
    let file = StoredFile::made_up("safeguarding-policy.pdf", state);
    let document = Document {
        id: crate::ids::DocumentId::new(),
        organisation_id: crate::ids::OrganisationId::new(),
        file_id: file.id,
        title: "Safeguarding policy".into(),
        effective_on: NaiveDate::from_ymd_opt(2026, 5, 3),
        review_by: NaiveDate::from_ymd_opt(2027, 5, 3),
        added_by: crate::ids::AccountId::new(),
        added_at: Default::default(),
        kept_by: None,
        address: None,
        told_of: None,
    };
    (document, file, 3)
}
