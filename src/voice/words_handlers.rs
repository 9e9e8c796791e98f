//! Reading and judging what young people wrote. Only leads do.

use actix_web::HttpResponse;

use super::forms::VerdictForm;
use super::round_handlers::find_round;
use super::round_pages::Place;
use super::words::{VoiceWords, judge_words};
use super::words_page::{self, WordsPage};
use crate::error::{Error, Result};
use crate::ids::VoiceWordsId;
use crate::organisations::MendingLead;
use crate::web::{Path, Submitted, redirect_with_notice};

pub async fn show_words(lead: MendingLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    let id = round.id;
    let words = lead.read(move |conn| VoiceWords::in_round(conn, id)).await?;
    let safeguarding_lead = lead.organisation.safeguarding_lead_name.clone();
    lead.show(&WordsPage::new(Place::of(&lead.organisation), id, &words, safeguarding_lead))
}

pub async fn judge(
    lead: MendingLead,
    path: Path<(String, String, String)>,
    form: Submitted<VerdictForm>,
) -> Result<HttpResponse> {
    let round = find_round(&lead, lead.organisation.id, &path.1).await?;
    let id: VoiceWordsId = path.2.parse().map_err(|_| Error::NotFound)?;
    let back = format!("{}/words", Place::of(&lead.organisation).of_round(round.id));
    let (VerdictForm { verdict }, _) = form.parsed().map_err(|_| Error::Conflict)?;
    let by = lead.account.id;
    match lead.act(move |act| judge_words(act, &round, id, by, verdict)).await {
        Ok(()) => Ok(redirect_with_notice(back, words_page::judged(verdict))),
        Err(Error::Conflict) => Ok(redirect_with_notice(back, words_page::JUDGED_BY_ANOTHER)),
        Err(other) => Err(other),
    }
}
