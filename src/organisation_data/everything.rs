//! Everything of an organisation's, gathered from every part of the portal.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use self::Taken::{In, NotTaken};
use crate::audit::AuditEntry;
use crate::clock::{day_of, say_day};
use crate::db::DbConnection;
use crate::db::schema::audit_entries;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::organisations::Organisation;
use crate::takeaway::{Forms, Index, Row, Sheet, Takeaway, Window, place_of};
use crate::{
    affiliations, before_pledging, charter, documents, good_practice, imports, live_records, organisations, people,
    quality, review, row, skills_audit, templates, training, training_sessions, voice,
};

/// What becomes of what a table says of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is in this sheet.
    In(&'static str),
    /// It is not taken along, for a reason.
    NotTaken(&'static str),
}

/// Every table that has an organisation's id.
pub const TAKEN_ALONG: &[(&str, Taken)] = &[
    ("audit_entries", In("trail")),
    ("organisation_districts", In("organisation")),
    ("organisation_activities", In("organisation")),
    ("organisation_days", In("organisation")),
    ("organisation_identifiers", In("organisation")),
    ("organisation_languages", In("organisation")),
    ("organisation_access", In("organisation")),
    ("umbrellas", NotTaken("that the VRP marked you as an umbrella body is in the trail")),
    ("affiliations", In("umbrella-bodies")),
    ("umbrella_copies", NotTaken("what totals are drawn from; it is in the sheets of what it counts")),
    ("profile_changes", In("changes")),
    ("standing_changes", In("standing")),
    ("imports", In("imports")),
    ("import_parts", In("imports")),
    ("offline_uploads", NotTaken("a spreadsheet on its way to your answers, for a week at most; you have it")),
    ("memberships", In("people")),
    ("training_bookings", In("training-places")),
    ("training_pictures", NotTaken("when we last wrote to the leads about training")),
    ("training_rule_organisations", NotTaken("a count of the VRP’s, of rules that were tried")),
    (
        "charter_steps",
        NotTaken("a count of the VRP’s, of what is in the sheets of interest, training places and pledges"),
    ),
    ("group_letter_recipients", NotTaken("that the VRP wrote to your leads; they have the letters")),
    ("sector_newcomers", NotTaken("that you had no place on a session yet is in the sheet of your training places")),
    ("invitations", In("invitations")),
    ("charter_interests", In("charter-interest")),
    ("charter_invitations", In("charter-invitations")),
    ("pledge_leaves", In("pledge-leave")),
    ("pledges", In("pledges")),
    ("skills_responses", In("skills")),
    ("skills_entries", NotTaken("that you took part is in the trail; what was shown is in the sheet of skills")),
    ("skills_links", NotTaken("whom you invited is in the trail")),
    ("skills_notices", NotTaken("that a letter about a round went out")),
    ("skills_organisation_counts", NotTaken("a count of the VRP’s, of fewer than five people too")),
    ("training_plans", In("training-plan")),
    ("assessments", In("assessments")),
    ("endorsements", In("endorsements")),
    ("documents", In("documents")),
    ("voice_rounds", In("young-people-asked")),
    ("record_verdicts", In("records-as-evidence")),
    ("planned_actions", In("action-plan")),
    ("good_practices", In("good-practice")),
    ("learning_conversations", In("learning-conversations")),
    ("review_appeals", In("appeals")),
    ("review_interests", NotTaken("what reviewers and deciders say of themselves, to the VRP")),
    ("rescues", NotTaken("what people say of each other, to the VRP")),
    ("lead_nudges", NotTaken("when we last wrote to the only lead")),
];

/// What people of the VRP say to each other before a decision: that it was done is told, what was said is not.
const WITHIN_THE_VRP: [&str; 3] = ["finding recorded", "recommendation made", "recommendation sent back"];

/// Every sheet, in the order of the page that comes with them.
pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let trail = Sheet {
        name: "trail",
        title: "What was done, by whom and when",
        columns: &["number", "at", "by", "what", "record", "details"],
        page: trail,
    };
    [
        organisations::organisation_data::sheets(),
        people::organisation_data::sheets(),
        imports::organisation_data::sheets(),
        affiliations::organisation_data::sheets(),
        training::organisation_data::sheets(),
        training_sessions::organisation_data::sheets(),
        skills_audit::organisation_data::sheets(),
        before_pledging::organisation_data::sheets(),
        charter::organisation_data::sheets(),
        documents::organisation_data::sheets(),
        voice::organisation_data::sheets(),
        live_records::organisation_data::sheets(),
        quality::organisation_data::sheets(),
        good_practice::organisation_data::sheets(),
        review::organisation_data::sheets(),
        vec![trail],
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Fills a ZIP with it.
pub(super) fn gather(
    conn: &mut DbConnection,
    takeaway: &mut Takeaway,
    organisation: &Organisation,
    now: NaiveDateTime,
    site: &str,
) -> Result<()> {
    for sheet in sheets() {
        takeaway.add_sheet(conn, &sheet, &organisation.id, Forms::JsonAndTable)?;
    }
    let files = [
        documents::organisation_data::files_of(conn, organisation.id)?,
        quality::organisation_data::files_of(conn, organisation.id)?,
        training::organisation_data::files_of(conn, organisation.id)?,
    ];
    for file in files.iter().flatten() {
        takeaway.want_file(file.id, place_of(file.id, &file.name, file.extension()));
    }
    let (contents, files) = (takeaway.contents(), takeaway.files());
    let index = Index { name: &organisation.name, made_on: say_day(day_of(now)), site, contents, files };
    let index = templates::fill("organisation_data/index", &index)?;
    takeaway.add_text("index.html", &index)
}

fn trail(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<AuditEntry> = audit_entries::table
        .filter(audit_entries::organisation_id.eq(id))
        .order(audit_entries::sequence)
        .limit(window.most)
        .offset(window.from)
        .select(AuditEntry::as_select())
        .load(conn)?;
    let told = |entry: AuditEntry| {
        let told = !WITHIN_THE_VRP.contains(&entry.verb.as_str());
        let details: serde_json::Value =
            if told { serde_json::from_str(&entry.details).unwrap_or_default() } else { serde_json::json!({}) };
        row![entry.sequence, entry.at, entry.actor_name, entry.verb, entry.subject, details]
    };
    Ok(rows.into_iter().map(told).collect())
}
