//! Choosing how often the portal writes, and stopping letters from the letter itself.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::choice::NoticeChoice;
use super::due::TrainingNotice;
use super::forms::NoticesForm;
use super::pages::{self, GoneStopPage, NoticesPage, StopPage, StoppedPage};
use super::stop::{open_stop, stop_topic};
use crate::accounts::{SignedIn, Visitor};
use crate::error::Result;
use crate::organisations::{MembershipRole, organisations_of};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

/// How many of the notices that were sent are listed.
const TOLD: i64 = 20;

pub async fn show_notices(viewer: SignedIn) -> Result<HttpResponse> {
    let page = notices_page(&viewer, None).await?;
    viewer.show(&page)
}

pub async fn change_notices(viewer: SignedIn, form: Submitted<NoticesForm>) -> Result<HttpResponse> {
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(refused) => return viewer.refuse(&notices_page(&viewer, Some(refused)).await?),
    };
    let account = viewer.account.id;
    viewer
        .act(move |act| {
            let now = NoticeChoice::of(act.conn, account, act.today())?;
            NoticeChoice::choose(act, account, wanted.frequency, wanted.organisations.unwrap_or(now.organisations))
        })
        .await?;
    Ok(redirect_with_notice("/my/account/notices", pages::CHOSEN))
}

/// Looking stops nothing: programs that check links look too.
pub async fn show_stop(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    match open_stop(visitor.secret(), &token) {
        Ok((topic, _)) => visitor.show(&StopPage::new(topic, &token)),
        Err(_) => visitor.answer(StatusCode::NOT_FOUND, &GoneStopPage {}),
    }
}

/// Pressed by a person on the page, or by their mail program in their name. It is answered at once: RFC 8058 has no
/// redirects.
pub async fn stop_letters(visitor: Visitor, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let Ok((topic, account)) = open_stop(visitor.secret(), &token) else {
        return visitor.answer(StatusCode::NOT_FOUND, &GoneStopPage {});
    };
    visitor.act(move |act| stop_topic(act, topic, account)).await?;
    visitor.show(&StoppedPage::new(topic))
}

async fn notices_page(viewer: &SignedIn, refused: Option<Filled>) -> Result<NoticesPage> {
    let (account, today) = (viewer.account.id, viewer.today());
    let (choice, told, leads) = viewer
        .read(move |conn| {
            let organisations = organisations_of(conn, account)?;
            let leads = organisations.iter().any(|(_, role)| *role == MembershipRole::Lead);
            Ok((NoticeChoice::of(conn, account, today)?, TrainingNotice::told_to(conn, account, TOLD)?, leads))
        })
        .await?;
    let form = refused.unwrap_or_else(|| {
        Filled::blank(NoticesForm::FIELDS)
            .with("frequency", choice.frequency.as_str())
            .with("organisations", choice.organisations.as_str())
    });
    Ok(NoticesPage::new(form, leads, &told))
}
