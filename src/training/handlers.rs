//! One person's record, logging and certificates: within an organisation, and for oneself.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::completion::{Completion, NewCompletion, log_completion};
use super::correction::find_near;
use super::courses::{Courses, find_course};
use super::forms::{CompletionForm, MODULE_MISSING, day_problem};
use super::log_page::{LogPage, LogPlace};
use super::next_steps::NextSteps;
use super::pages::{self, NoRecordPage, RecordPage, RecordReader};

use super::record::{Record, memberships_of};
use crate::accounts::{Seat, SignedIn};
use crate::acts::Act;
use crate::clock::day_of;
use crate::error::{Error, Result};
use crate::files::{IncomingFile, KeptFile};
use crate::ids::{AccountId, CompletionId, OrganisationId, PersonId};
use crate::organisations::{ApprovedMember, Member, MembershipRole, MendingLead, Person, find_person_of};
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect_with_notice};

#[derive(Deserialize)]
pub struct LogQuery {
    module: Option<String>,
}

pub async fn show_record(viewer: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let member = person_seen(&viewer, &path.1).await?;
    let (organisation, today, seen) = (viewer.organisation.clone(), viewer.today(), member.clone());
    let record = viewer.read(move |conn| Record::seen_in(conn, &organisation, &seen, today)).await?;
    let reader = RecordReader {
        account: viewer.account.id,
        is_owner: viewer.member.person.id == member.person.id,
        is_lead: is_lead(&viewer),
        sees_all: sees_all(&viewer),
    };
    viewer.show(&RecordPage::within(&viewer.organisation, &member.person, &record, reader))
}

pub async fn show_log(
    viewer: ApprovedMember,
    path: Path<(String, String)>,
    query: Query<LogQuery>,
) -> Result<HttpResponse> {
    let place = place_to_log(&viewer, &path.1).await?.0;
    let courses = viewer.read(Courses::offered).await?;
    let form = Filled::blank(CompletionForm::FIELDS).with("module", query.into_inner().module.unwrap_or_default());
    viewer.show(&LogPage::new(place, &courses, form))
}

pub async fn log(
    viewer: ApprovedMember,
    path: Path<(String, String)>,
    form: Submitted<CompletionForm>,
) -> Result<HttpResponse> {
    let (place, person) = place_to_log(&viewer, &path.1).await?;
    let logging = Logging { within: Some(viewer.organisation.id), person, account: viewer.account.id };
    let mut near = None;
    let refused = match form.parsed() {
        Err(refused) => refused,
        Ok((wanted, filled)) => match logging.log_by(&viewer, wanted).await? {
            None => return Ok(redirect_with_notice(place.record, pages::LOGGED)),
            Some(hindrance) => hindrance.put_on(filled, &mut near),
        },
    };
    let courses = viewer.read(Courses::offered).await?;
    viewer.refuse(&LogPage::new(place, &courses, refused).beside(near.as_ref()))
}

pub async fn confirm(lead: MendingLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id: CompletionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (organisation, account) = (lead.organisation.id, lead.account.id);
    let person = lead
        .act(move |act| {
            let completion = Completion::find_in(act.conn, organisation, id)?;
            let owner = Member::find_in(act.conn, organisation, completion.person_id)?.person;
            completion.confirm(act, organisation, &owner, account)?;
            Ok(owner.id)
        })
        .await?;
    Ok(redirect_with_notice(pages::record_address(&lead.organisation.slug, person), pages::CONFIRMED))
}

/// A certificate is for its owner and for leads.
pub async fn show_certificate(viewer: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let id: CompletionId = path.1.parse().map_err(|_| Error::NotFound)?;
    let organisation = viewer.organisation.id;
    let allowed = (!is_lead(&viewer)).then_some(viewer.member.person.id);
    let file = viewer
        .read(move |conn| {
            let completion = Completion::find_in(conn, organisation, id)?;
            if allowed.is_some_and(|owner| owner != completion.person_id) {
                return Err(Error::NotFound);
            }
            completion.certificate(conn)
        })
        .await?;
    viewer.send_file(&file).await
}

/// Someone's own record, across all organisations they are in.
pub async fn show_own_record(viewer: SignedIn) -> Result<HttpResponse> {
    let (account, now) = (viewer.account.id, viewer.now());
    let record = viewer
        .read(move |conn| {
            let Some(person) = find_person_of(conn, account)? else { return Ok(None) };
            let memberships = memberships_of(conn, person.id)?;
            let record = Record::of(conn, person.id, &memberships, day_of(now))?;
            let steps = NextSteps::from_record(conn, &record, now)?;
            Ok(Some((record, steps)))
        })
        .await?;
    match record {
        Some((record, steps)) => viewer.show(&RecordPage::own(&record, &steps)),
        None => viewer.show(&NoRecordPage {}),
    }
}

pub async fn show_own_log(viewer: SignedIn, query: Query<LogQuery>) -> Result<HttpResponse> {
    person_of_viewer(&viewer).await?;
    let courses = viewer.read(Courses::offered).await?;
    let form = Filled::blank(CompletionForm::FIELDS).with("module", query.into_inner().module.unwrap_or_default());
    viewer.show(&LogPage::new(LogPlace::own(), &courses, form))
}

pub async fn log_own(viewer: SignedIn, form: Submitted<CompletionForm>) -> Result<HttpResponse> {
    let person = person_of_viewer(&viewer).await?;
    let logging = Logging { within: None, person, account: viewer.account.id };
    let mut near = None;
    let refused = match form.parsed() {
        Err(refused) => refused,
        Ok((wanted, filled)) => match logging.log_by(&viewer, wanted).await? {
            None => return Ok(redirect_with_notice(LogPlace::own().record, pages::LOGGED)),
            Some(hindrance) => hindrance.put_on(filled, &mut near),
        },
    };
    let courses = viewer.read(Courses::offered).await?;
    viewer.refuse(&LogPage::new(LogPlace::own(), &courses, refused).beside(near.as_ref()))
}

pub async fn show_own_certificate(viewer: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let id: CompletionId = id.parse().map_err(|_| Error::NotFound)?;
    let person = person_of_viewer(&viewer).await?.id;
    let file = viewer.read(move |conn| Completion::find_of(conn, person, id)?.certificate(conn)).await?;
    viewer.send_file(&file).await
}

/// Who logs for whom, once a form was understood.
struct Logging {
    within: Option<OrganisationId>,
    person: Person,
    account: AccountId,
}

/// A field that is wrong, and why.
pub(super) type Problem = (&'static str, &'static str);

/// What stands in the way of logging.
enum Hindrance {
    Problem(Problem),
    /// One that may be the same training.
    Near(Box<Completion>),
}

impl Hindrance {
    /// The page again, with what is wrong, or with the question if it is another.
    fn put_on(self, filled: Filled, page: &mut Option<Completion>) -> Filled {
        match self {
            Self::Problem((field, problem)) => filled.with_problem(field, problem),
            Self::Near(completion) => {
                *page = Some(*completion);
                filled.with_problem("another", pages::IS_IT_ANOTHER)
            }
        }
    }
}

impl Logging {
    /// Keeps the certificate, then logs it; or says what stands in the way.
    async fn log_by(self, seat: &Seat, mut wanted: CompletionForm) -> Result<Option<Hindrance>> {
        if let Some(near) = self.find_near_to(seat, &wanted).await? {
            return Ok(Some(Hindrance::Near(Box::new(near))));
        }
        let certificate = match keep_certificate(seat, wanted.certificate.take()).await? {
            Ok(kept) => kept,
            Err(problem) => return Ok(Some(Hindrance::Problem(problem))),
        };
        let problem = seat.act(move |act| self.log(act, wanted, certificate)).await?;
        Ok(problem.map(Hindrance::Problem))
    }

    /// One on the same day is no question: that is refused.
    async fn find_near_to(&self, seat: &Seat, wanted: &CompletionForm) -> Result<Option<Completion>> {
        if wanted.is_another {
            return Ok(None);
        }
        let (person, module, day) = (self.person.id, wanted.course.module.clone(), wanted.completed_on);
        let near = seat.read(move |conn| find_near(conn, person, &module, day)).await?;
        Ok(near.filter(|completion| completion.completed_on != day))
    }

    fn log(self, act: &mut Act<'_>, wanted: CompletionForm, certificate: Option<KeptFile>) -> Result<Option<Problem>> {
        let Some((module, equivalent)) = find_course(act.conn, &wanted.course)? else {
            return Ok(Some(("module", MODULE_MISSING)));
        };
        if let Some(problem) = day_problem(wanted.completed_on, module.since_on, act.today()) {
            return Ok(Some(("completed_on", problem)));
        }
        let new = NewCompletion {
            person: self.person,
            module,
            equivalent: equivalent.map(|course| course.id),
            completed_on: wanted.completed_on,
            provider: wanted.provider.into_string(),
            certificate,
            logged_by: self.account,
        };
        let logged = log_completion(act, self.within, new)?;
        Ok(logged.is_none().then_some(("completed_on", pages::LOGGED_ALREADY)))
    }
}

/// Keeps a certificate, if there is one; or says beside its field that files are away.
pub(super) async fn keep_certificate(
    seat: &Seat,
    file: Option<IncomingFile>,
) -> Result<std::result::Result<Option<KeptFile>, Problem>> {
    let Some(file) = file else { return Ok(Ok(None)) };
    match seat.keep_file(file).await {
        Err(Error::FilesAway(cause)) => {
            tracing::error!(%cause, "a certificate could not be kept");
            Ok(Err(("certificate", pages::FILES_AWAY)))
        }
        kept => Ok(Ok(Some(kept?))),
    }
}

async fn person_seen(viewer: &ApprovedMember, id: &str) -> Result<Member> {
    let id: PersonId = id.parse().map_err(|_| Error::NotFound)?;
    if id != viewer.member.person.id && !sees_all(viewer) {
        return Err(Error::NotFound);
    }
    let organisation = viewer.organisation.id;
    viewer.read(move |conn| Member::find_in(conn, organisation, id)).await
}

async fn place_to_log(viewer: &ApprovedMember, id: &str) -> Result<(LogPlace, Person)> {
    let person = person_seen(viewer, id).await?.person;
    let own = person.id == viewer.member.person.id;
    if !own && !is_lead(viewer) {
        return Err(Error::NotAllowed);
    }
    Ok((LogPlace::within(&viewer.organisation.slug, &person, own), person))
}

/// Practitioners see their own training; everyone else in an organisation sees everybody's.
pub(super) fn sees_all(viewer: &ApprovedMember) -> bool {
    viewer.member.membership.role != MembershipRole::Practitioner
}

pub(super) fn is_lead(viewer: &ApprovedMember) -> bool {
    viewer.member.membership.role == MembershipRole::Lead
}

/// Someone who has never been in an organisation has no record.
pub(super) async fn person_of_viewer(viewer: &SignedIn) -> Result<Person> {
    let account = viewer.account.id;
    viewer.read(move |conn| find_person_of(conn, account)).await?.ok_or(Error::NotFound)
}
