//! What someone judged, to be told and to be forgotten. Findings and decisions stay, under the neutral mark; a review
//! that is not at its end goes back into the queue, so that the organisation does not wait for somebody who is gone.

use diesel::prelude::*;

use super::appeals::Appeal;
use super::assigning::Handover;
use super::decision::Decision;
use super::finding::RecordedFinding;
use super::giving_back::GivenBack;
use super::interests::Interest;
use super::review::{Review, ReviewState};
use super::standing::RecordedStep;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{
    assessments, endorsement_steps, endorsements, organisations, review_appeals as appeals,
    review_decisions as decisions, review_findings, review_handovers as handovers, review_interests as interests,
    reviews,
};
use crate::error::Result;
use crate::ids::AccountId;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    let mut sheets = own_sheets();
    sheets.extend(super::conversations::your_data::sheets());
    sheets
}

fn own_sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "reviews",
            title: "Reviews you did",
            columns: &["organisation", "state", "began_at", "recommended_level", "recommendation", "recommended_at"],
            page: own_reviews,
        },
        Sheet {
            name: "findings",
            title: "What you found in them",
            columns: &["organisation", "indicator", "finding", "note", "note_within", "found_at"],
            page: own_findings,
        },
        Sheet {
            name: "decisions",
            title: "Decisions you made or recommended",
            columns: &["organisation", "level", "reasons", "decided_at", "you_recommended", "you_decided"],
            page: own_decisions,
        },
        Sheet {
            name: "endorsements-you-judged",
            title: "What you decided about endorsements",
            columns: &["organisation", "number", "step", "reason", "taken_at"],
            page: own_steps,
        },
        Sheet {
            name: "appeals",
            title: "Appeals you sent, answered, or had a part in what they were against",
            columns: &["organisation", "against", "lodged_at", "you_sent", "you_answered", "grounds", "reasons"],
            page: own_appeals,
        },
        Sheet {
            name: "reviews-handed-over",
            title: "Reviews that were handed over by you, from you or to you",
            columns: &["organisation", "from_you", "to_you", "by_you", "reason", "handed_at"],
            page: own_handovers,
        },
        Sheet {
            name: "interests",
            title: "Ties to organisations you declared",
            columns: &["organisation", "words", "declared_at", "withdrawn_at"],
            page: own_interests,
        },
    ]
}

fn own_reviews(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Review)> = reviews::table
        .inner_join(assessments::table.inner_join(organisations::table))
        .filter(reviews::reviewer_id.eq_any(whom.account.as_slice()))
        .order((reviews::started_at, reviews::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Review::as_select()))
        .load(conn)?;
    let told = |(organisation, r): (String, Review)| {
        row![organisation, r.state, r.started_at, r.recommended_level, r.recommendation, r.recommended_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_findings(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, RecordedFinding)> = review_findings::table
        .inner_join(reviews::table.inner_join(assessments::table.inner_join(organisations::table)))
        .filter(reviews::reviewer_id.eq_any(whom.account.as_slice()))
        .order((review_findings::review_id, review_findings::indicator_id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, RecordedFinding::as_select()))
        .load(conn)?;
    let told = |(organisation, f): (String, RecordedFinding)| {
        row![organisation, f.indicator_id, f.finding, f.note, f.note_within, f.found_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_decisions(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let theirs = decisions::decided_by
        .eq_any(whom.account.as_slice())
        .or(decisions::recommended_by.eq_any(whom.account.as_slice()));
    let rows: Vec<(String, Decision)> = decisions::table
        .inner_join(reviews::table.inner_join(assessments::table.inner_join(organisations::table)))
        .filter(theirs)
        .order((decisions::decided_at, decisions::review_id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Decision::as_select()))
        .load(conn)?;
    let told = |(organisation, d): (String, Decision)| {
        let (recommended, decided) = (Some(d.recommended_by) == whom.account, Some(d.decided_by) == whom.account);
        row![organisation, d.outcome, d.reasons, d.decided_at, recommended, decided]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_steps(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, RecordedStep)> = endorsement_steps::table
        .inner_join(endorsements::table.inner_join(organisations::table))
        .filter(endorsement_steps::taken_by.eq_any(whom.account.as_slice()))
        .order((endorsement_steps::taken_at, endorsement_steps::endorsement_id, endorsement_steps::number))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, endorsements::number, RecordedStep::as_select()))
        .load(conn)?;
    let told = |(organisation, number, s): (String, String, RecordedStep)| {
        row![organisation, number, s.step, s.reason, s.taken_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// The words of an appeal are told to whoever wrote them.
fn own_appeals(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let me = whom.account.as_slice();
    let part =
        appeals::recommended_by.eq_any(me).or(appeals::decided_by.eq_any(me)).or(appeals::contested_by.eq_any(me));
    let rows: Vec<(String, Appeal)> = appeals::table
        .inner_join(organisations::table)
        .filter(appeals::lodged_by.eq_any(me).or(appeals::answered_by.eq_any(me)).or(part))
        .order((appeals::lodged_at, appeals::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Appeal::as_select()))
        .load(conn)?;
    let told = |(organisation, a): (String, Appeal)| {
        let (sent, answered) =
            (whom.account == Some(a.lodged_by), whom.account.is_some() && whom.account == a.answered_by);
        let (grounds, reasons) = (sent.then_some(a.grounds), a.reasons.filter(|_| answered));
        row![organisation, a.against, a.lodged_at, sent, answered, grounds, reasons]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_handovers(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let me = whom.account.as_slice();
    let between = handovers::from_reviewer_id.eq_any(me).or(handovers::to_reviewer_id.eq_any(me));
    let rows: Vec<(String, Handover)> = handovers::table
        .inner_join(reviews::table.inner_join(assessments::table.inner_join(organisations::table)))
        .filter(handovers::handed_by.eq_any(me).or(between))
        .order((handovers::handed_at, handovers::review_id, handovers::number))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Handover::as_select()))
        .load(conn)?;
    let is_me = |account| whom.account == Some(account);
    let told = |(organisation, h): (String, Handover)| {
        let (from, to, by) = (is_me(h.from_reviewer_id), is_me(h.to_reviewer_id), is_me(h.handed_by));
        row![organisation, from, to, by, h.reason, h.handed_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_interests(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Interest)> = interests::table
        .inner_join(organisations::table)
        .filter(interests::account_id.eq_any(whom.account.as_slice()))
        .order((interests::declared_at, interests::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Interest::as_select()))
        .load(conn)?;
    let told = |(organisation, i): (String, Interest)| row![organisation, i.words, i.declared_at, i.withdrawn_at];
    Ok(rows.into_iter().map(told).collect())
}

/// How many reviews someone has begun and not handed on.
pub fn count_open(conn: &mut DbConnection, reviewer: AccountId) -> Result<i64> {
    Ok(reviews::table
        .filter(reviews::reviewer_id.eq(reviewer))
        .filter(reviews::state.eq(ReviewState::Open))
        .count()
        .get_result(conn)?)
}

/// Gives reviews under way back: another reviewer begins them anew. What was declared goes: they judge nothing any more.
pub fn forget(act: &mut Act<'_>, reviewer: AccountId) -> Result<()> {
    let open: Vec<Review> = reviews::table
        .filter(reviews::reviewer_id.eq(reviewer))
        .filter(reviews::state.eq(ReviewState::Open))
        .select(Review::as_select())
        .load(act.conn)?;
    open.iter().try_for_each(|review| review.give_back(act, GivenBack::AccountClosed))?;
    diesel::delete(interests::table.filter(interests::account_id.eq(reviewer))).execute(act.conn)?;
    Ok(())
}
