//! Saying something about an answer to colleagues, and taking it away.

use actix_web::HttpResponse;

use super::comments::{Comment, add_comment};
use super::forms::CommentForm;
use super::handlers::{Child, refuse_comment};
use super::pages::{self, Home};
use super::progress::Sheet;
use crate::error::{Error, Result};
use crate::ids::{CommentId, IndicatorId};
use crate::organisations::ApprovedContributor;
use crate::web::{Pressed, Submitted, redirect_with_notice};

pub async fn write_comment(
    who: ApprovedContributor,
    path: Child,
    form: Submitted<CommentForm>,
) -> Result<HttpResponse> {
    let id = IndicatorId::from(path.1.as_str());
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return refuse_comment(&who, id, form).await,
    };
    let (organisation, by, asked) = (who.organisation.clone(), who.account.id, id.clone());
    who.act(move |act| {
        let sheet = Sheet::latest_of(act.conn, organisation.id)?;
        let indicator = sheet.indicator_or_retired(&asked)?;
        add_comment(act, &organisation, &sheet, indicator, by, form.words.as_str())
    })
    .await?;
    Ok(redirect_with_notice(Home::of(&who.organisation).comments_on(&id), pages::COMMENT_WRITTEN))
}

pub async fn remove_comment(who: ApprovedContributor, path: Child, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id: CommentId = path.1.parse().map_err(|_| Error::NotFound)?;
    let (organisation, by) = (who.organisation.id, who.account.id);
    let indicator = who
        .act(move |act| {
            let comment = Comment::find_in(act.conn, organisation, id)?;
            comment.remove(act, organisation, by)?;
            Ok(comment.indicator_id)
        })
        .await?;
    Ok(redirect_with_notice(Home::of(&who.organisation).comments_on(&indicator), pages::COMMENT_REMOVED))
}
