//! A completion's own page, and correcting or withdrawing it: within an organisation, and for oneself.

use actix_web::HttpResponse;

use super::completion::{Completion, NewCompletion};
use super::correction::{Correctable, Corrector, correct_completion, withdraw_completion};
use super::correction_pages::{self, CompletionPage, CorrectionPage, VerifiedPage, WithdrawalPage};
use super::courses::{Courses, find_course};
use super::forms::{CorrectionForm, MODULE_MISSING, WithdrawalForm, day_problem};
use super::handlers::{Problem, is_lead, keep_certificate, person_of_viewer, sees_all};
use super::history::CompletionHistory;
use super::pages::{self, record_address};
use crate::accounts::{Seat, SignedIn};
use crate::error::{Error, Result};
use crate::ids::CompletionId;
use crate::organisations::{ApprovedMember, Member, Person};
use crate::web::{Filled, Path, Submitted, redirect_with_notice};

/// A completion with its history, and who looks at it from where.
struct Scene {
    owner: Person,
    corrector: Corrector,
    history: CompletionHistory,
    may: Correctable,
    /// The page of this completion, without a slash at its end.
    address: String,
    record: String,
    may_open: bool,
}

pub async fn show_completion(viewer: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let scene = look_within(&viewer, &path.1).await?;
    show(&viewer, &scene)
}

pub async fn show_own_completion(viewer: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let scene = look_at_own(&viewer, &id).await?;
    show(&viewer, &scene)
}

pub async fn show_correction(viewer: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let scene = look_within(&viewer, &path.1).await?;
    show_form(&viewer, &scene).await
}

pub async fn show_own_correction(viewer: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let scene = look_at_own(&viewer, &id).await?;
    show_form(&viewer, &scene).await
}

pub async fn correct(
    viewer: ApprovedMember,
    path: Path<(String, String)>,
    form: Submitted<CorrectionForm>,
) -> Result<HttpResponse> {
    let scene = look_within(&viewer, &path.1).await?;
    take_correction(&viewer, scene, form).await
}

pub async fn correct_own(viewer: SignedIn, id: Path<String>, form: Submitted<CorrectionForm>) -> Result<HttpResponse> {
    let scene = look_at_own(&viewer, &id).await?;
    take_correction(&viewer, scene, form).await
}

pub async fn show_withdrawal(viewer: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let scene = look_within(&viewer, &path.1).await?;
    show_withdrawal_of(&viewer, &scene, Filled::blank(WithdrawalForm::FIELDS))
}

pub async fn show_own_withdrawal(viewer: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let scene = look_at_own(&viewer, &id).await?;
    show_withdrawal_of(&viewer, &scene, Filled::blank(WithdrawalForm::FIELDS))
}

pub async fn withdraw(
    viewer: ApprovedMember,
    path: Path<(String, String)>,
    form: Submitted<WithdrawalForm>,
) -> Result<HttpResponse> {
    let scene = look_within(&viewer, &path.1).await?;
    take_withdrawal(&viewer, scene, form).await
}

pub async fn withdraw_own(viewer: SignedIn, id: Path<String>, form: Submitted<WithdrawalForm>) -> Result<HttpResponse> {
    let scene = look_at_own(&viewer, &id).await?;
    take_withdrawal(&viewer, scene, form).await
}

async fn look_within(viewer: &ApprovedMember, id: &str) -> Result<Scene> {
    let id: CompletionId = id.parse().map_err(|_| Error::NotFound)?;
    let here = viewer.organisation.id;
    let corrector = Corrector { account: viewer.account.id, within: Some(here), is_lead: is_lead(viewer) };
    let (me, sees_all) = (viewer.member.person.id, sees_all(viewer));
    let base = format!("/organisations/{}/training", viewer.organisation.slug);
    let slug = viewer.organisation.slug.clone();
    viewer
        .read(move |conn| {
            let person = Completion::person_in(conn, here, id)?;
            if person != me && !sees_all {
                return Err(Error::NotFound);
            }
            let owner = Member::find_in(conn, here, person)?.person;
            let history = CompletionHistory::of(conn, person, id)?;
            let last = history.last()?.completion.clone();
            Ok(Scene {
                may: corrector.may_correct(conn, &owner, &last)?,
                address: format!("{base}/completions/{}", last.id),
                record: record_address(&slug, person),
                may_open: corrector.is_lead || person == me,
                owner,
                corrector,
                history,
            })
        })
        .await
}

async fn look_at_own(viewer: &SignedIn, id: &str) -> Result<Scene> {
    let id: CompletionId = id.parse().map_err(|_| Error::NotFound)?;
    let owner = person_of_viewer(viewer).await?;
    let corrector = Corrector { account: viewer.account.id, within: None, is_lead: false };
    viewer
        .read(move |conn| {
            let history = CompletionHistory::of(conn, owner.id, id)?;
            let last = history.last()?.completion.clone();
            Ok(Scene {
                may: corrector.may_correct(conn, &owner, &last)?,
                address: format!("/my/training/completions/{}", last.id),
                record: "/my/training".to_owned(),
                may_open: true,
                owner,
                corrector,
                history,
            })
        })
        .await
}

fn show(seat: &Seat, scene: &Scene) -> Result<HttpResponse> {
    let is_owner = scene.owner.account_id == Some(scene.corrector.account);
    let whose = (!is_owner).then_some(scene.owner.name.as_str());
    seat.show(&CompletionPage::new(&scene.history, whose, scene.may, scene.may_open, (&scene.address, &scene.record))?)
}

async fn show_form(seat: &Seat, scene: &Scene) -> Result<HttpResponse> {
    if let Some(page) = refusal(scene)? {
        return seat.show(&page);
    }
    let courses = seat.read(Courses::offered).await?;
    let form = correction_pages::completion_as_it_is(&scene.history.last()?.completion);
    seat.show(&CorrectionPage::new(&scene.history, &scene.address, scene.confirms(), &courses, form)?)
}

async fn take_correction(seat: &Seat, scene: Scene, form: Submitted<CorrectionForm>) -> Result<HttpResponse> {
    if let Some(page) = refusal(&scene)? {
        return seat.answer(actix_web::http::StatusCode::FORBIDDEN, &page);
    }
    let record = scene.record.clone();
    let (history, address, confirms) = (scene.history.clone(), scene.address.clone(), scene.confirms());
    let refused = match form.parsed() {
        Err(refused) => refused,
        Ok((wanted, filled)) => match scene.correct_by(seat, wanted).await? {
            None => return Ok(redirect_with_notice(record, correction_pages::CORRECTED)),
            Some((field, problem)) => filled.with_problem(field, problem),
        },
    };
    let courses = seat.read(Courses::offered).await?;
    seat.refuse(&CorrectionPage::new(&history, &address, confirms, &courses, refused)?)
}

fn show_withdrawal_of(seat: &Seat, scene: &Scene, form: Filled) -> Result<HttpResponse> {
    match refusal(scene)? {
        Some(page) => seat.show(&page),
        None => seat.show(&WithdrawalPage::new(&scene.history, &scene.address, form)?),
    }
}

async fn take_withdrawal(seat: &Seat, scene: Scene, form: Submitted<WithdrawalForm>) -> Result<HttpResponse> {
    if let Some(page) = refusal(&scene)? {
        return seat.answer(actix_web::http::StatusCode::FORBIDDEN, &page);
    }
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => return seat.refuse(&WithdrawalPage::new(&scene.history, &scene.address, form)?),
    };
    let (old, owner, corrector) = (scene.history.last()?.completion.clone(), scene.owner, scene.corrector);
    seat.act(move |act| withdraw_completion(act, corrector, &owner, &old, wanted.reason.as_str())).await?;
    Ok(redirect_with_notice(scene.record, correction_pages::WITHDRAWN))
}

/// The page for what only the provider may change; an error for what is somebody else's word.
fn refusal(scene: &Scene) -> Result<Option<VerifiedPage>> {
    match scene.may {
        Correctable::Yes => Ok(None),
        Correctable::ProviderOnly => VerifiedPage::new(&scene.history, &scene.address).map(Some),
        Correctable::No if !scene.history.last()?.completion.stands() => Err(Error::Conflict),
        Correctable::No => Err(Error::NotAllowed),
    }
}

impl Scene {
    /// Will the corrected one stand on a lead's word?
    fn confirms(&self) -> bool {
        self.owner.account_id != Some(self.corrector.account)
    }

    /// Keeps the new certificate, if there is one, then corrects; or says which field is wrong and why.
    async fn correct_by(self, seat: &Seat, wanted: CorrectionForm) -> Result<Option<Problem>> {
        let CorrectionForm { completion: mut wanted, reason } = wanted;
        let certificate = match keep_certificate(seat, wanted.certificate.take()).await? {
            Ok(kept) => kept,
            Err(problem) => return Ok(Some(problem)),
        };
        let (old, owner, corrector) = (self.history.last()?.completion.clone(), self.owner, self.corrector);
        seat.act(move |act| {
            let Some((module, equivalent)) = find_course(act.conn, &wanted.course)? else {
                return Ok(Some(("module", MODULE_MISSING)));
            };
            if let Some(problem) = day_problem(wanted.completed_on, module.since_on, act.today()) {
                return Ok(Some(("completed_on", problem)));
            }
            let new = NewCompletion {
                person: owner,
                module,
                equivalent: equivalent.map(|course| course.id),
                completed_on: wanted.completed_on,
                provider: wanted.provider.into_string(),
                certificate,
                logged_by: corrector.account,
            };
            let corrected = correct_completion(act, corrector, &old, new, reason.as_str())?;
            Ok(corrected.is_none().then_some(("completed_on", pages::LOGGED_ALREADY)))
        })
        .await
    }
}
