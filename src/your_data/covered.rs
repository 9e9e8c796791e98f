//! What becomes of every column that says something of a person: where they are told of it, and what erasing does.

use self::Told::{In, NotTold};

/// Where someone is told what a column says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// In this sheet of their download.
    In(&'static str),
    /// Nowhere, for a reason.
    NotTold(&'static str),
}

const ID_STAYS: &str = "the id stays; the account behind it has no name";
const REMOVED: &str = "the row is removed";
const LEADS_KEEP: &str = "the leads look after it";
const MARKED: &str = "the neutral mark stands there instead";

/// Table, column, where its owner is told, and what erasing them does.
pub const COVERED: &[(&str, &str, Told, &str)] = &[
    ("account_links", "account_id", In("links"), REMOVED),
    (
        "account_links",
        "carries",
        NotTold("a new address on its way; it is among the addresses letters went to"),
        REMOVED,
    ),
    ("account_roles", "account_id", In("roles"), REMOVED),
    ("account_sessions", "account_id", In("sessions"), REMOVED),
    ("accounts", "email", In("account"), MARKED),
    ("accounts", "name", In("account"), MARKED),
    ("assessment_answers", "answered_by", In("assessment-answers"), ID_STAYS),
    ("assessment_answers", "kept_by", In("assessment-answers"), LEADS_KEEP),
    ("assessment_evidence", "added_by", In("assessment-evidence"), ID_STAYS),
    ("assessments", "submitted_by", In("assessments-submitted"), ID_STAYS),
    ("audit_entries", "actor_id", In("trail"), ID_STAYS),
    ("audit_entries", "actor_name", In("trail"), MARKED),
    ("authenticators", "account_id", In("second-step"), REMOVED),
    ("charter_interests", "expressed_by", In("interest-you-expressed"), ID_STAYS),
    ("charter_versions", "begun_by", In("charters-you-began"), ID_STAYS),
    ("documents", "added_by", In("documents-you-added"), ID_STAYS),
    ("documents", "kept_by", In("documents-you-added"), LEADS_KEEP),
    ("files", "uploaded_by", In("files-you-sent"), ID_STAYS),
    ("group_letters", "written_by", In("letters-you-wrote-to-groups"), ID_STAYS),
    ("import_rows", "cells", NotTold("rows of a spreadsheet on its way, for a day at most"), REMOVED),
    ("imports", "begun_by", In("imports-you-began"), ID_STAYS),
    ("imports", "concluded_by", In("imports-you-began"), ID_STAYS),
    ("invitations", "email", In("invitations"), MARKED),
    ("invitations", "name", In("invitations"), MARKED),
    ("invitations", "invited_by", In("invitations-you-sent"), ID_STAYS),
    ("invitations", "person_id", In("invitations"), "the id stays; the person behind it has no name"),
    ("memberships", "person_id", In("memberships"), "it ends; the person behind the id has no name"),
    ("notice_choices", "account_id", In("notice-choices"), REMOVED),
    (
        "organisations",
        "public_email",
        NotTold("what an organisation tells the public; it is on its page of the directory"),
        "emptied where it is theirs",
    ),
    ("organisations", "safeguarding_lead_email", In("safeguarding-lead"), "emptied, and the leads are told"),
    ("organisations", "safeguarding_lead_name", In("safeguarding-lead"), "emptied, and the leads are told"),
    ("outbox_messages", "recipient", In("letters"), REMOVED),
    ("passkey_questions", "account_id", NotTold("a question to a device, ten minutes long"), REMOVED),
    ("passkeys", "account_id", In("passkeys"), REMOVED),
    ("people", "account_id", In("memberships"), ID_STAYS),
    ("people", "name", In("memberships"), MARKED),
    ("charter_versions", "sign_again_by", NotTold("a day, not a person"), "it stays: it names nobody"),
    ("commitment_notes", "written_by", In("pledge-notes"), ID_STAYS),
    ("pledge_checks", "answered_by", In("pledge-checks"), ID_STAYS),
    ("pledge_leaves", "ended_by", In("leave-you-gave"), ID_STAYS),
    ("pledge_leaves", "granted_by", In("leave-you-gave"), ID_STAYS),
    ("pledge_signatures", "account_id", In("signatures"), ID_STAYS),
    ("pledge_signatures", "name", In("signatures"), MARKED),
    ("signature_requests", "address", In("signature-links"), MARKED),
    ("signature_requests", "asked_by", In("signature-links-you-sent"), ID_STAYS),
    ("signature_requests", "name", In("signature-links"), MARKED),
    ("profile_changes", "answer", In("profile-changes"), "what has their address in it is removed"),
    ("profile_changes", "changed_by", In("profile-changes"), ID_STAYS),
    ("programme_values", "name", NotTold("the name of a value, not of a person"), "it stays: it names nobody"),
    ("programme_values", "changed_by", NotTold("who set a value last; each change is in the trail"), ID_STAYS),
    ("recovery_codes", "account_id", In("second-step"), REMOVED),
    ("rescue_contacts", "account_id", In("objections"), ID_STAYS),
    ("rescue_contacts", "address", In("objections"), MARKED),
    ("rescue_contacts", "came_by", NotTold("by link or by account: no person"), "it stays: it names nobody"),
    ("rescue_contacts", "name", In("objections"), MARKED),
    ("rescues", "asked_by", In("taking-over"), ID_STAYS),
    ("rescues", "decided_by", In("taking-over-decided"), ID_STAYS),
    ("review_decisions", "decided_by", In("decisions"), ID_STAYS),
    ("review_decisions", "recommended_by", In("decisions"), ID_STAYS),
    ("documents", "review_by", NotTold("a day, not a person"), "it stays: it names nobody"),
    ("reviews", "reviewer_id", In("reviews"), "a review under way is given back; else the id stays without a name"),
    ("skills_responses", "person_id", In("skills-audits"), "what no total holds is removed; else the id stays"),
    ("standing_changes", "changed_by", In("standing-changes"), ID_STAYS),
    ("training_bookings", "asked_by", In("training-places-for-others"), ID_STAYS),
    (
        "training_bookings",
        "person_id",
        In("training-places"),
        "places to come are given up; the id stays without a name",
    ),
    ("training_completions", "confirmed_by", In("training-of-others"), ID_STAYS),
    ("training_completions", "ended_by", In("training-of-others"), ID_STAYS),
    ("training_completions", "logged_by", In("training-of-others"), ID_STAYS),
    ("training_completions", "person_id", In("training"), "the certificate is removed; the id stays without a name"),
    ("training_notices", "account_id", In("notices"), REMOVED),
    ("training_provider_people", "account_id", In("provider-people"), "it ends; the account behind it has no name"),
    ("training_provider_people", "email", In("provider-people"), MARKED),
    ("training_provider_people", "name", In("provider-people"), MARKED),
    ("training_record_links", "person_id", In("record-links"), REMOVED),
    ("training_rule_changes", "written_by", In("rules-you-wrote"), ID_STAYS),
    ("training_sessions", "created_by", In("sessions-you-planned"), ID_STAYS),
    ("work_accounts", "account_id", In("work-accounts"), REMOVED),
];
