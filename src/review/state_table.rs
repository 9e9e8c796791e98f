//! Every state that a review, an endorsement and an appeal can be in, every step between them, and who takes it: one
//! table. That of endorsements follows from the code; that of reviews is held to the verbs by the tests, which take each
//! step from each place. It stands printed at the head of `review`.

use super::appeals::AppealState;
use super::standing::EndorsementStep;
use crate::quality::AssessmentState::{
    self, ChangesRequested, Draft, Endorsed, InReview, NotYet, Recommended, Submitted,
};

/// What can be done to an assessment once it is submitted.
pub const CASE_STEPS: &[(AssessmentState, &str, AssessmentState, &str)] = &[
    (Submitted, "take", InReview, "a reviewer without a tie"),
    (Submitted, "assign", InReview, "an administrator without a tie, with a reason"),
    (Submitted, "withdraw", Draft, "a lead, before a reviewer has begun"),
    (InReview, "record a finding", InReview, "its reviewer"),
    (InReview, "ask for changes", ChangesRequested, "its reviewer"),
    (ChangesRequested, "send again", InReview, "the organisation"),
    (InReview, "recommend", Recommended, "its reviewer, when all is looked at"),
    (Recommended, "send back", InReview, "another, without a tie"),
    (Recommended, "decide on a level", Endorsed, "another, without a tie, with reasons"),
    (Recommended, "decide on not yet", NotYet, "another, without a tie, with reasons"),
    (InReview, "hand over", InReview, "its reviewer or an administrator, with a reason"),
    (ChangesRequested, "hand over", ChangesRequested, "its reviewer or an administrator, with a reason"),
    (InReview, "give back", Submitted, "the portal, when the reviewer has a tie or is gone"),
    (ChangesRequested, "give back", ChangesRequested, "the portal; it is submitted when it comes again"),
    (Recommended, "give back", Submitted, "the portal, when the reviewer has a tie or is gone"),
    (Endorsed, "uphold an appeal", Submitted, "one without a tie or a part in it, with reasons"),
    (NotYet, "uphold an appeal", Submitted, "one without a tie or a part in it, with reasons"),
];

fn endorsement_verb(step: EndorsementStep) -> (&'static str, &'static str) {
    match step {
        EndorsementStep::Issue => ("issue", "the decision on a level"),
        EndorsementStep::Suspend => ("suspend", "a decider without a tie, with a reason"),
        EndorsementStep::Reinstate => ("reinstate", "a decider without a tie, with a reason"),
        EndorsementStep::Revoke => ("revoke", "a decider without a tie, with a reason"),
        EndorsementStep::Restore => ("restore", "an appeal that is upheld"),
        EndorsementStep::Replace => ("replace", "the issue of the next; or an appeal, when there is a newer one"),
        EndorsementStep::Lapse => ("lapse", "the portal, past the last day; or an appeal, when that is past"),
    }
}

/// The table, a row a line.
pub fn print_state_table() -> String {
    let row =
        |of: &str, from: &str, verb: &str, to: &str, who: &str| format!("| {of} | {from} | {verb} | {to} | {who} |\n");
    let mut table = row("of", "from", "verb", "to", "who") + "|---|---|---|---|---|\n";
    for (from, verb, to, who) in CASE_STEPS {
        table += &row("assessment", &say(from.as_str()), verb, &say(to.as_str()), who);
    }
    for step in EndorsementStep::ALL {
        let (verb, who) = endorsement_verb(*step);
        let from: Vec<String> = step.leads_from().iter().map(|state| say(state.as_str())).collect();
        table += &row("endorsement", &from.join(", "), verb, &say(step.leads_to().as_str()), who);
    }
    let answer = "one without a tie or a part in it, with reasons";
    for (from, verb, to, who) in [
        (None, "lodge", AppealState::Waiting, "a lead, in time, once a decision"),
        (Some(AppealState::Waiting), "uphold", AppealState::Upheld, answer),
        (Some(AppealState::Waiting), "do not uphold", AppealState::NotUpheld, answer),
    ] {
        let from = from.map(|state| say(state.as_str())).unwrap_or_default();
        table += &row("appeal", &from, verb, &say(to.as_str()), who);
    }
    table
}

fn say(state: &str) -> String {
    state.replace('_', " ")
}
