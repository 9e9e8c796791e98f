//! What falls due: pledges that end soon, pledges and endorsements that have come to their end, training that ends, time
//! to object that is over, leads who are alone, reviews lost to a tie, appeals to answer, sessions nobody uses any more, totals of umbrella bodies, and the census of the sector's training; and what has been kept as long as the settings say.
//! Each batch is an act of the portal's own, so that being stopped half-way loses nothing; running it twice does nothing
//! the second time.
//! Not here: what ending means; the pledge and the endorsement know that.

use crate::accounts::{forget_old_links, forget_old_sessions, forget_unconfirmed};
use crate::acts::{Act, Portal};
use crate::audit::Actor;
use crate::before_pledging::invite_to_sessions;
use crate::charter;
use crate::charter_oversight::{go_on_with_charter_census, go_on_with_group_letters};
use crate::documents::remind_to_review;
use crate::error::Result;
use crate::imports::forget_old_imports;
use crate::live_records::watch_records;
use crate::mail::forget_old_letters;
use crate::notices::{note_what_ends, send_digests, send_pictures};
use crate::offline_answers::forget_old_uploads;
use crate::organisations::{forget_abandoned_registrations, relist_waiting};
use crate::passkeys::forget_old_questions;
use crate::pathways::go_on_with_rule_changes;
use crate::people::your_data::forget_old_invitations;
use crate::quality::{go_on_with_carrying, remind_of_actions};
use crate::rescue::your_data::forget_old_rescues;
use crate::rescue::{close_due_rescues, remind_only_leads};
use crate::review::{
    give_back_without_role, invite_to_conversations, lapse_due_endorsements, offer_good_practice, remind_of_appeals,
    remind_of_reviews, step_aside_from_all, tell_of_endings,
};
use crate::sector_skills::go_on_with_counts;
use crate::sector_training::go_on_with_census;
use crate::single_sign_on::{forget_old_errands, withdraw_stale_roles};
use crate::skills_audit;
use crate::skills_rounds::{open_and_close_due, remind_of_round, tell_leads_of_round};
use crate::training_sessions::{forget_access_needs, release_held_places, remind_of_sessions};
use crate::umbrella_picture::redraw_due_pictures;
use crate::voice::{close_due_voice_rounds, forget_voice_words};
use crate::your_data::{erase_idle_accounts, erase_people_who_left, warn_idle_accounts};

/// What was done, in numbers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Letters’ worth of pledges that end soon, or bear another name.
    pub pledges_told: usize,
    pub pledges_lapsed: usize,
    /// Pledges to an older Charter whose people were told of the day.
    pub told_to_sign_again: usize,
    /// Pledges to an older Charter that ended with the day.
    pub not_signed_again: usize,
    /// Names taken apart for the public register, once, after the upgrade that searches it by words.
    pub names_taken_apart: usize,
    /// Organisations told of Charter training that can be booked.
    pub invited_to_the_charter: usize,
    pub endorsements_lapsed: usize,
    /// Reviews that went back into the queue because their reviewer has a tie now.
    pub reviews_given_back: usize,
    /// Appeals whose day is near.
    pub appeals_spoken_of: usize,
    /// Reviews and decisions whose day is near or past.
    pub reviews_spoken_of: usize,
    /// Whose time to object is over.
    pub rescues_closed: usize,
    pub only_leads_reminded: usize,
    /// Training sessions whose held places are for everyone now.
    pub sessions_released: usize,
    /// People told that a session of theirs is soon.
    pub places_reminded: usize,
    /// People whose access needs are forgotten, two weeks after.
    pub needs_forgotten: usize,
    pub sessions_forgotten: usize,
    /// Journeys to the OpenID provider that nobody came back from.
    pub errands_forgotten: usize,
    /// Questions to devices that were not answered.
    pub questions_forgotten: usize,
    /// Batches of people gone through for rules of training that are tried or applied.
    pub batches_of_rules: usize,
    /// Rows of spreadsheets that nobody added, or that are in the records by now.
    pub imports_forgotten: usize,
    /// Questionnaires that nobody confirmed.
    pub questionnaires_forgotten: usize,
    /// People whose groups have not been heard of for a month.
    pub roles_withdrawn: usize,
    /// Umbrella bodies whose totals were looked at.
    pub pictures_looked_at: usize,
    /// Batches of the census of the sector’s training.
    pub batches_of_census: usize,
    /// Rounds of the skills audit that opened or closed on their day.
    pub rounds_turned: usize,
    /// Organisations that were written to about a round.
    pub rounds_told: usize,
    /// Batches of organisations whose answers were counted.
    pub batches_of_counts: usize,
    /// Batches of the census of the way to the Charter.
    pub batches_of_the_way: usize,
    /// Batches of letters to groups.
    pub batches_of_letters: usize,
    /// Batches of self-assessments whose records were looked at again.
    pub batches_of_records: usize,
    /// Rounds of asking young people whose last day is over.
    pub voices_closed: usize,
    /// Documents whose day to look at them again is near.
    pub documents_told: usize,
    /// Steps of action plans whose day is near.
    pub steps_told: usize,
    /// Endorsed organisations that are invited to talk about how it goes.
    pub conversations_due: usize,
    /// Endorsements that end soon, and whose leads were told.
    pub endings_told: usize,
    /// Endorsements whose good practice was offered to be shared.
    pub practice_offered: usize,
    /// Batches of self-assessments that went over to a new framework.
    pub batches_carried: usize,
    /// Completions whose end is to be told.
    pub endings_noted: usize,
    /// People whose notices were settled, each with one letter at most.
    pub digests_settled: usize,
    /// Organisations whose leads have had this month's picture.
    pub pictures_sent: usize,
    /// What was kept as long as the settings say.
    pub forgotten: Forgotten,
}

/// What is gone because its time is over, in numbers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Forgotten {
    pub letters: usize,
    pub unconfirmed_accounts: usize,
    pub links: usize,
    pub invitations: usize,
    pub registrations: usize,
    pub people_who_left: usize,
    /// Told that their account will be erased in a month.
    pub idle_warned: usize,
    pub idle_accounts: usize,
    pub rescues: usize,
    /// What young people wrote, three months after.
    pub voices: usize,
}

/// Does everything that is due now, in batches.
pub fn do_what_is_due(portal: &Portal) -> Result<Done> {
    Ok(Done {
        pledges_told: in_batches(portal, charter::tell_of_pledges)?,
        pledges_lapsed: in_batches(portal, charter::lapse_due)?,
        told_to_sign_again: in_batches(portal, charter::tell_to_sign_again)?,
        not_signed_again: in_batches(portal, charter::end_what_is_not_signed_again)?,
        names_taken_apart: in_batches(portal, relist_waiting)?,
        invited_to_the_charter: in_batches(portal, invite_to_sessions)?,
        endorsements_lapsed: in_batches(portal, lapse_due_endorsements)?,
        reviews_given_back: in_batches(portal, step_aside_from_all)? + in_batches(portal, give_back_without_role)?,
        reviews_spoken_of: in_batches(portal, remind_of_reviews)?,
        appeals_spoken_of: in_batches(portal, remind_of_appeals)?,
        rescues_closed: in_batches(portal, close_due_rescues)?,
        only_leads_reminded: in_batches(portal, remind_only_leads)?,
        sessions_released: in_batches(portal, release_held_places)?,
        places_reminded: in_batches(portal, remind_of_sessions)?,
        needs_forgotten: in_batches(portal, forget_access_needs)?,
        sessions_forgotten: in_batches(portal, |act| forget_old_sessions(act.conn, act.at))?,
        errands_forgotten: in_batches(portal, |act| forget_old_errands(act.conn, act.at))?,
        questions_forgotten: in_batches(portal, |act| forget_old_questions(act.conn, act.at))?,
        batches_of_rules: walk_for_rules(portal)?,
        imports_forgotten: in_batches(portal, forget_old_imports)?,
        questionnaires_forgotten: in_batches(portal, forget_old_uploads)?,
        roles_withdrawn: withdraw_roles(portal)?,
        pictures_looked_at: in_batches(portal, redraw_due_pictures)?,
        batches_of_census: in_batches(portal, go_on_with_census)?,
        rounds_turned: in_batches(portal, open_and_close_due)?,
        rounds_told: in_batches(portal, tell_leads_of_round)? + in_batches(portal, remind_of_round)?,
        batches_of_counts: count_skills(portal)?,
        batches_of_the_way: in_batches(portal, go_on_with_charter_census)?,
        batches_of_letters: in_batches(portal, go_on_with_group_letters)?,
        batches_of_records: in_batches(portal, watch_records)?,
        voices_closed: in_batches(portal, close_due_voice_rounds)?,
        documents_told: in_batches(portal, remind_to_review)?,
        steps_told: in_batches(portal, remind_of_actions)?,
        conversations_due: in_batches(portal, invite_to_conversations)?,
        endings_told: in_batches(portal, tell_of_endings)?,
        practice_offered: in_batches(portal, offer_good_practice)?,
        batches_carried: carry_assessments_over(portal)?,
        endings_noted: in_batches(portal, note_what_ends)?,
        digests_settled: in_batches(portal, send_digests)?,
        pictures_sent: in_batches(portal, send_pictures)?,
        forgotten: forget_what_is_old(portal)?,
    })
}

/// What the privacy page promises.
fn forget_what_is_old(portal: &Portal) -> Result<Forgotten> {
    let kept = portal.retention;
    Ok(Forgotten {
        voices: in_batches(portal, forget_voice_words)?,
        idle_warned: in_batches(portal, |act| warn_idle_accounts(act, kept.idle_accounts))?,
        idle_accounts: in_batches(portal, |act| erase_idle_accounts(act, kept.idle_accounts))?,
        people_who_left: in_batches(portal, |act| erase_people_who_left(act, kept.people_who_left.before(act.at)))?,
        unconfirmed_accounts: in_batches(portal, |act| forget_unconfirmed(act, kept.unconfirmed.before(act.at)))?,
        registrations: in_batches(portal, |act| forget_abandoned_registrations(act, kept.registrations))?,
        invitations: in_batches(portal, |act| forget_old_invitations(act, kept.invitations.before(act.at)))?
            + in_batches(portal, |act| charter::your_data::forget_old_requests(act, kept.invitations.before(act.at)))?
            + in_batches(portal, |act| {
                skills_audit::your_data::forget_old_links(act, kept.invitations.before(act.at))
            })?,
        links: in_batches(portal, |act| forget_old_links(act, kept.links.before(act.at)))?,
        rescues: in_batches(portal, |act| forget_old_rescues(act, kept.rescues.before(act.at)))?,
        letters: in_batches(portal, |act| forget_old_letters(act.conn, kept.letters.before(act.at)))?,
    })
}

/// Goes through everyone's records for rules of training that are being tried or applied, to the end.
pub fn walk_for_rules(portal: &Portal) -> Result<usize> {
    in_batches(portal, go_on_with_rule_changes)
}

/// Counts what has changed in the skills audit, to the end.
pub fn count_skills(portal: &Portal) -> Result<usize> {
    in_batches(portal, go_on_with_counts)
}

/// Brings self-assessments that are being written over to the framework in force, to the end.
pub fn carry_assessments_over(portal: &Portal) -> Result<usize> {
    in_batches(portal, go_on_with_carrying)
}

/// Only where people sign in with work accounts.
fn withdraw_roles(portal: &Portal) -> Result<usize> {
    let Some(provider) = &portal.identity_provider else { return Ok(0) };
    portal.act_at(Actor::portal(), portal.clock.now(), |act| withdraw_stale_roles(act, provider.settings()))
}

/// Repeats a piece of work, each time in an act of its own, until there is nothing left to do.
fn in_batches(portal: &Portal, work: impl Fn(&mut Act<'_>) -> Result<usize>) -> Result<usize> {
    let mut all = 0;
    loop {
        match portal.act_at(Actor::portal(), portal.clock.now(), &work)? {
            0 => return Ok(all),
            done => all += done,
        }
    }
}
