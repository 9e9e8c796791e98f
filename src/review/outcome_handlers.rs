//! What an organisation sees of the decision about it: a page, and a letter on paper. Both say the same.

use actix_web::HttpResponse;

use super::appeals::Contestable;
use super::decision::Decided;
use super::endorsement::Endorsement;
use super::finding::Desk;
use super::letter_paper::{LetterFacts, decision_letter};
use super::pages::{OutcomePage, OutcomeView};
use super::standing::RecordedStep;
use crate::accounts::Account;
use crate::drawing::{MEDIA_TYPE, draw_paper};
use crate::error::{Error, Result};
use crate::files::send_bytes;
use crate::organisations::ApprovedMember;

/// Everything that is told of the last decision about an organisation.
struct Told {
    decided: Decided,
    desk: Desk,
    reviewer: String,
    decider: String,
    /// The one given last, with its steps.
    endorsement: Option<(Vec<RecordedStep>, Endorsement)>,
    /// What can be appealed against now.
    open: Vec<Contestable>,
}

pub async fn show_outcome(member: ApprovedMember) -> Result<HttpResponse> {
    let outcome = told_to(&member).await?.map(|told| {
        let names = (told.reviewer.as_str(), told.decider.as_str());
        OutcomeView::new(&told.decided, &told.desk, told.endorsement, names, &told.open)
    });
    member.show(&OutcomePage::new(&member.organisation, outcome, member.site()))
}

/// The decision as a letter.
pub async fn download_letter(member: ApprovedMember) -> Result<HttpResponse> {
    let told = told_to(&member).await?.ok_or(Error::NotFound)?;
    let facts = LetterFacts {
        reviewer: &told.reviewer,
        decider: &told.decider,
        appeal_until: told.open.iter().map(|contestable| contestable.until).max(),
    };
    let paper = decision_letter(&member.organisation, &told.decided, &told.desk, &facts, member.now());
    let name = format!("Decision about {}.pdf", member.organisation.name);
    Ok(send_bytes(&name, MEDIA_TYPE, draw_paper(paper).await?))
}

async fn told_to(member: &ApprovedMember) -> Result<Option<Told>> {
    let (organisation, today) = (member.organisation.id, member.today());
    member
        .read(move |conn| {
            let Some(decided) = Decided::latest_about(conn, organisation)? else { return Ok(None) };
            Ok(Some(Told {
                desk: Desk::lay_out(conn, &decided.assessment, Some(&decided.review))?,
                reviewer: Account::find(conn, decided.decision.recommended_by)?.name,
                decider: Account::find(conn, decided.decision.decided_by)?.name,
                endorsement: match Endorsement::latest_of(conn, organisation)? {
                    Some(latest) => Some((RecordedStep::all_of(conn, latest.id)?, latest)),
                    None => None,
                },
                open: Contestable::all_of(conn, organisation, today)?,
                decided,
            }))
        })
        .await
}
