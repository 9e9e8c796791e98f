//! The steps of an import, the same for a lead with one organisation and for the VRP with many: who asks and where it
//! is shown differ.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::rt::task::spawn_blocking;
use tokio::sync::Semaphore;

use super::adding::Added;
use super::check::{Sorted, check_import};
use super::columns::{Columns, Meaning, find_head};
use super::courses::CourseNames;
use super::forms::{ChoicesForm, ColumnsForm, SheetForm};
use super::import::{About, Import, ImportState};
use super::pages::{self, ColumnsPage, ImportsPage};
use super::result_pages::{self, DryRunPage, ResultPage, findings_sheet};
use super::rows::{BATCH, first_rows_of, keep_rows};
use super::template::{template_csv, template_workbook};
use super::wording::say_columns_flaw;
use crate::accounts::{Account, Seat, Steward};
use crate::error::{Error, Result};
use crate::ids::{ImportId, OrganisationId};
use crate::organisations::{ApprovedLead, Engagement, Member, MembershipRole, Organisation};
use crate::sheets::{Sheet, SheetLimits, SheetRow, read_sheet, send_csv, send_workbook, write_csv};
use crate::web::{Filled, ReceivedFile, Submitted, redirect, redirect_with_notice};
use crate::words::fold_for_search;

/// What a lead may bring.
pub const FOR_ONE: SheetLimits =
    SheetLimits { rows: 10_000, columns: 100, text: 32 * 1024 * 1024, cell: 1_000, lines: false };
/// What the VRP may bring.
pub const FOR_MANY: SheetLimits =
    SheetLimits { rows: 400_000, columns: 100, text: 256 * 1024 * 1024, cell: 1_000, lines: false };

/// A large sheet takes memory while it is read: few are read at the same time.
static READING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Who imports, and for whom.
pub struct Desk {
    seat: Seat,
    by: Account,
    /// `None` for many.
    pub organisation: Option<Organisation>,
}

impl Desk {
    pub fn of_lead(lead: &ApprovedLead) -> Self {
        Self { seat: Seat::clone(lead), by: lead.account.clone(), organisation: Some(lead.organisation.clone()) }
    }

    pub fn of_steward(steward: &Steward) -> Self {
        Self { seat: Seat::clone(steward), by: steward.account.clone(), organisation: None }
    }

    pub fn address(&self) -> String {
        match &self.organisation {
            Some(organisation) => format!("/organisations/{}/imports", organisation.slug),
            None => "/vrp/imports".to_owned(),
        }
    }

    pub fn address_of(&self, import: ImportId) -> String {
        format!("{}/{import}", self.address())
    }

    fn within(&self) -> Option<OrganisationId> {
        self.organisation.as_ref().map(|organisation| organisation.id)
    }

    async fn find(&self, id: &str) -> Result<Import> {
        let id: ImportId = id.parse().map_err(|_| Error::NotFound)?;
        let within = self.within();
        self.seat.read(move |conn| Import::find_in(conn, within, id)).await
    }

    pub async fn show_all(&self) -> Result<HttpResponse> {
        let page = self.lay_out_all(Filled::blank(SheetForm::FIELDS)).await?;
        self.seat.show(&page)
    }

    async fn lay_out_all(&self, form: Filled) -> Result<ImportsPage> {
        let within = self.within();
        let newest = self.seat.read(move |conn| Import::newest_in(conn, within, 50)).await?;
        Ok(ImportsPage::new(self, &newest, form))
    }

    /// Reads a spreadsheet and keeps its rows.
    pub async fn receive(&self, form: Submitted<SheetForm>) -> Result<HttpResponse> {
        let refused = match form.parsed() {
            Err(refused) => refused,
            Ok((SheetForm { file }, filled)) => match self.read(file).await? {
                Ok(import) => return Ok(redirect(format!("{}/columns", self.address_of(import)))),
                Err(flaw) => filled.with_problem("spreadsheet", flaw),
            },
        };
        let page = self.lay_out_all(refused).await?;
        self.seat.refuse(&page)
    }

    async fn read(&self, file: ReceivedFile) -> Result<Result<ImportId, String>> {
        let limits = if self.organisation.is_some() { FOR_ONE } else { FOR_MANY };
        let ReceivedFile { path, name } = file;
        let turn = READING.acquire().await.map_err(Error::unexpected)?;
        let read = spawn_blocking(move || read_sheet(&path, limits)).await.map_err(Error::unexpected)?;
        let sheet = match read {
            Err(flaw) => return Ok(Err(flaw.say())),
            Ok(sheet) if sheet.rows.len() < 2 => return Ok(Err(pages::HEAD_ONLY.to_owned())),
            Ok(sheet) => sheet,
        };
        let import = keep_sheet(self, name, sheet).await?;
        drop(turn);
        Ok(Ok(import))
    }

    pub async fn show_columns(&self, id: &str) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        if import.state() != ImportState::Waiting {
            return Ok(redirect(self.address_of(import.id)));
        }
        let columns = import.columns()?;
        let page = self.lay_out_columns(&import, pages::filled_from(&columns)).await?;
        self.seat.show(&page)
    }

    async fn lay_out_columns(&self, import: &Import, form: Filled) -> Result<ColumnsPage> {
        let id = import.id;
        let (names, first) =
            self.seat.read(move |conn| Ok((CourseNames::load(conn)?, first_rows_of(conn, id, 40)?))).await?;
        Ok(ColumnsPage::new(self, import, &names, &first, form))
    }

    pub async fn set_columns(&self, id: &str, form: Submitted<ColumnsForm>) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        let refused = match form.parsed() {
            Err(refused) => refused,
            Ok((wanted, filled)) => {
                let columns = columns_of(&import, wanted);
                match columns.flaw(self.organisation.is_none()) {
                    Some(flaw) => {
                        let (column, problem) = say_columns_flaw(&flaw);
                        filled.with_problem(&format!("column-{column}"), problem)
                    }
                    None => {
                        let address = self.address_of(import.id);
                        self.seat.act(move |act| import.set_columns(act, &columns)).await?;
                        return Ok(redirect(address));
                    }
                }
            }
        };
        let page = self.lay_out_columns(&import, refused).await?;
        self.seat.refuse(&page)
    }

    /// The dry run, or what came of it.
    pub async fn show(&self, id: &str) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        if import.state() != ImportState::Waiting {
            let (of, by) = (import.clone(), import.concluded_by);
            let (parts, name) = self
                .seat
                .read(move |conn| {
                    let name = by.map(|by| Account::find(conn, by)).transpose()?.map(|account| account.name);
                    Ok((of.parts(conn)?, name))
                })
                .await?;
            return self.seat.show(&ResultPage::new(self, &import, &parts, name));
        }
        let columns = import.columns()?;
        if columns.flaw(self.organisation.is_none()).is_some() {
            return Ok(redirect(format!("{}/columns", self.address_of(import.id))));
        }
        let (of, today, within) = (import.clone(), self.seat.today(), self.within());
        let (checked, members) = self
            .seat
            .read(move |conn| {
                let members = within.map(|id| Member::all_in(conn, id)).transpose()?.unwrap_or_default();
                Ok((check_import(conn, &of, today)?, members))
            })
            .await?;
        self.seat.show(&DryRunPage::new(self, &import, &checked, &members))
    }

    /// Everything that was found, to work through beside the spreadsheet.
    pub async fn send_findings(&self, id: &str) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        if import.state() != ImportState::Waiting {
            return Err(Error::NotFound);
        }
        let (today, heads) = (self.seat.today(), import.about().heads);
        let checked = self.seat.read(move |conn| check_import(conn, &import, today)).await?;
        let (header, rows) = findings_sheet(&checked, &heads);
        Ok(send_csv("import-problems", write_csv(&header, &rows)?))
    }

    pub async fn set_choices(&self, id: &str, form: Submitted<ChoicesForm>) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        let address = self.address_of(import.id);
        let Ok((wanted, _)) = form.parsed() else { return Ok(redirect(address)) };
        let today = self.seat.today();
        self.seat
            .act(move |act| {
                let organisation = import.organisation_id.ok_or(Error::NotFound)?;
                let (plan, _) = Sorted::load(act.conn, &import)?.plan_for(act.conn, organisation, today)?;
                let mut choices = import.choices();
                for (number, who) in wanted.choices {
                    let Some(namesake) = plan.namesakes.get(number) else { continue };
                    if who.is_none_or(|id| namesake.people.contains(&id)) {
                        choices.insert(fold_for_search(&namesake.name), who);
                    }
                }
                import.set_choices(act, &choices)
            })
            .await?;
        Ok(redirect_with_notice(address, pages::CHOSEN))
    }

    pub async fn add(&self, id: &str) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        let (address, by) = (self.address_of(import.id), self.by.id);
        let notice = match self.seat.act(move |act| import.add(act, by)).await? {
            Added::All => result_pages::ADDED,
            Added::Begun => result_pages::BEGUN,
            Added::Nothing => result_pages::NOTHING_ADDED,
        };
        Ok(redirect_with_notice(address, notice))
    }

    pub async fn undo(&self, id: &str) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        let address = self.address_of(import.id);
        self.seat.act(move |act| import.undo(act)).await?;
        let notice = if self.organisation.is_some() { result_pages::UNDONE } else { result_pages::UNDOING };
        Ok(redirect_with_notice(address, notice))
    }

    pub async fn remove(&self, id: &str) -> Result<HttpResponse> {
        let import = self.find(id).await?;
        self.seat.act(move |act| import.remove(act)).await?;
        Ok(redirect_with_notice(self.address(), pages::REMOVED))
    }

    pub async fn send_template(&self, as_workbook: bool) -> Result<HttpResponse> {
        let names = self.seat.read(CourseNames::load).await?;
        let of_many = self.organisation.is_none();
        Ok(match as_workbook {
            true => send_workbook("people-and-training", template_workbook(&names, of_many)?),
            false => send_csv("people-and-training", template_csv(&names, of_many)?),
        })
    }
}

/// What is known of a sheet, what its columns seem to mean, and the rows below its head.
pub fn take_apart(mut sheet: Sheet, names: &CourseNames) -> (About, Columns, Vec<SheetRow>) {
    let (head_at, meanings) = find_head(&sheet.rows, names);
    let about = About::of(&sheet, head_at);
    let columns = Columns {
        meanings,
        role: MembershipRole::Practitioner,
        engagement: Engagement::Volunteer,
        provider: String::new(),
    };
    (about, columns, sheet.rows.split_off(head_at + 1))
}

/// Keeps the rows, in batches.
async fn keep_sheet(desk: &Desk, file_name: String, sheet: Sheet) -> Result<ImportId> {
    let (seat, within, by) = (&desk.seat, desk.within(), desk.by.id);
    let names = seat.read(CourseNames::load).await?;
    let (about, columns, mut rows) = take_apart(sheet, &names);
    let import = seat.act(move |act| Import::begin(act, within, by, &file_name, &about)).await?;
    let id = import.id;
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(BATCH));
        let batch = std::mem::replace(&mut rows, rest);
        seat.act(move |act| keep_rows(act.conn, id, &batch)).await?;
    }
    seat.act(move |act| import.received(act, &columns)).await?;
    Ok(id)
}

/// A column nobody spoke of is not used.
fn columns_of(import: &Import, mut wanted: ColumnsForm) -> Columns {
    let heads = import.about().heads.len().max(import.columns().map_or(0, |columns| columns.meanings.len()));
    let meaning = |column| wanted.meanings.remove(&column).unwrap_or(Meaning::Ignored);
    Columns {
        meanings: (0..heads).map(meaning).collect(),
        role: wanted.role,
        engagement: wanted.engagement,
        provider: wanted.provider,
    }
}
