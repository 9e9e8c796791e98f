//! An organisation: from the first answer of its registration to its approval. Its answers are its profile.
//!
//! | from | verb | to |
//! |---|---|---|
//! | draft, more wanted | submit | submitted |
//! | submitted | approve | approved |
//! | submitted | ask for more | more wanted |

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{organisations, people};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId};
use crate::mail::Letter;
use crate::text_enum;
use crate::words::{EmailAddress, fold_for_search, pattern_of};

use super::identifiers::claim_identifiers;
use super::membership::{self, MembershipRole, lead_addresses};
use super::standing::OrganisationStanding;

text_enum! {
    /// Where an organisation is on its way into the programme.
    pub enum OrganisationState {
        Draft = "draft",
        Submitted = "submitted",
        MoreWanted = "more_wanted",
        Approved = "approved",
    }
}

text_enum! {
    /// What an organisation is in law.
    pub enum LegalForm {
        Unincorporated = "unincorporated",
        Cio = "cio",
        RegisteredCharity = "registered_charity",
        Cic = "cic",
        CompanyLimitedByGuarantee = "company_limited_by_guarantee",
        FaithGroup = "faith_group",
        SchoolOrCollege = "school_or_college",
        LocalAuthority = "local_authority",
        Other = "other",
    }
}

text_enum! {
    /// How far an organisation has come.
    pub enum Stage { New = "new", Growing = "growing", Settled = "settled" }
}

/// An organisation as it is stored. What is `None` has not been answered yet.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisations)]
pub struct Organisation {
    pub id: OrganisationId,
    /// Its place in addresses; never changes.
    pub slug: String,
    pub name: String,
    /// The name without case and accents.
    pub search: String,
    pub(super) state: OrganisationState,
    pub legal_form: Option<LegalForm>,
    /// It said that it has no number.
    pub has_no_number: bool,
    pub description: Option<String>,
    /// In years.
    pub min_age: Option<i32>,
    /// In years.
    pub max_age: Option<i32>,
    pub postcode: Option<String>,
    pub safeguarding_lead_name: Option<String>,
    pub safeguarding_lead_email: Option<String>,
    pub stage: Option<Stage>,
    /// What the VRP wants to know before it approves.
    pub request_for_more: Option<String>,
    pub created_at: NaiveDateTime,
    pub submitted_at: Option<NaiveDateTime>,
    pub approved_at: Option<NaiveDateTime>,
    /// For the public to read.
    pub website: Option<String>,
    /// For the public to write to.
    pub public_email: Option<String>,
    pub phone: Option<String>,
    /// What there is to say of access beside what can be chosen.
    pub access_note: Option<String>,
    pub(super) standing: OrganisationStanding,
    /// When that last changed.
    pub standing_since: Option<NaiveDateTime>,
}

#[derive(Serialize)]
struct ApprovedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for ApprovedLetter<'_> {
    const NAME: &'static str = "organisation-approved";
}

#[derive(Serialize)]
struct MoreWantedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    request: &'a str,
}
impl Letter for MoreWantedLetter<'_> {
    const NAME: &'static str = "organisation-more-wanted";
}

impl Organisation {
    /// Begins a registration: the person who begins it is its first lead.
    pub fn begin(act: &mut Act<'_>, account: AccountId, person_name: &str, name: &str) -> Result<Self> {
        let organisation = Self {
            id: OrganisationId::new(),
            slug: String::new(),
            name: name.to_owned(),
            search: fold_for_search(name),
            state: OrganisationState::Draft,
            legal_form: None,
            has_no_number: false,
            description: None,
            min_age: None,
            max_age: None,
            postcode: None,
            safeguarding_lead_name: None,
            safeguarding_lead_email: None,
            stage: None,
            request_for_more: None,
            created_at: act.at,
            submitted_at: None,
            approved_at: None,
            website: None,
            public_email: None,
            phone: None,
            access_note: None,
            standing: OrganisationStanding::Open,
            standing_since: None,
        };
        let organisation = organisation.insert_with_free_slug(act)?;
        act.record("registration begun", organisation.subject(), json!({ "name": name }))?;
        let person = membership::person_of(act, account, person_name)?;
        membership::join_as_first_lead(act, organisation.id, &person)?;
        Ok(organisation)
    }

    pub fn find(conn: &mut DbConnection, id: OrganisationId) -> Result<Self> {
        Ok(organisations::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// An organisation in any state, by its address.
    pub fn find_by_slug(conn: &mut DbConnection, slug: &str) -> Result<Self> {
        Ok(organisations::table.filter(organisations::slug.eq(slug)).select(Self::as_select()).first(conn)?)
    }

    /// An approved organisation in any standing, by its address: what the public may know of.
    pub fn find_public(conn: &mut DbConnection, slug: &str) -> Result<Self> {
        Ok(organisations::table
            .filter(organisations::slug.eq(slug))
            .filter(organisations::state.eq(OrganisationState::Approved))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// Those that wait for approval, the longest wait first.
    pub fn waiting_for_approval(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(organisations::table
            .filter(organisations::state.eq(OrganisationState::Submitted))
            .order(organisations::submitted_at)
            .limit(100)
            .select(Self::as_select())
            .load(conn)?)
    }

    pub fn state(&self) -> OrganisationState {
        self.state
    }

    pub fn is_approved(&self) -> bool {
        self.state == OrganisationState::Approved
    }

    pub fn standing(&self) -> OrganisationStanding {
        self.standing
    }

    pub fn is_open(&self) -> bool {
        self.standing == OrganisationStanding::Open
    }

    pub fn is_closed(&self) -> bool {
        self.standing == OrganisationStanding::Closed
    }

    /// May its registration's answers be changed now?
    pub fn is_being_registered(&self) -> bool {
        matches!(self.state, OrganisationState::Draft | OrganisationState::MoreWanted)
    }

    /// What audit entries about it are about.
    pub fn subject(&self) -> Subject {
        Subject::within(self.id, "organisation", self.id)
    }

    /// Sends the registration to the VRP. `None` when another organisation has one of its numbers.
    pub fn submit(&self, act: &mut Act<'_>) -> Result<Option<()>> {
        let (id, at) = (self.id, act.at);
        let changed = unless_taken(act.conn, |conn| {
            claim_identifiers(conn, id)?;
            diesel::update(organisations::table.find(id))
                .filter(organisations::state.eq_any([OrganisationState::Draft, OrganisationState::MoreWanted]))
                .set((
                    organisations::state.eq(OrganisationState::Submitted),
                    organisations::submitted_at.eq(at),
                    organisations::request_for_more.eq(None::<String>),
                ))
                .execute(conn)
        })?;
        match changed {
            None => Ok(None),
            Some(0) => Err(Error::Conflict),
            Some(_) => act.record("registration submitted", self.subject(), json!({})).map(Some),
        }
    }

    /// Takes the organisation into the programme; its leads are told.
    pub fn approve(&self, act: &mut Act<'_>) -> Result<()> {
        let changed = diesel::update(organisations::table.find(self.id))
            .filter(organisations::state.eq(OrganisationState::Submitted))
            .set((organisations::state.eq(OrganisationState::Approved), organisations::approved_at.eq(act.at)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("organisation approved", self.subject(), json!({}))?;
        self.tell_leads(act, &ApprovedLetter { organisation: &self.name, slug: &self.slug })
    }

    /// Asks for more before approving; the leads are told what.
    pub fn ask_for_more(&self, act: &mut Act<'_>, request: &str) -> Result<()> {
        let changed = diesel::update(organisations::table.find(self.id))
            .filter(organisations::state.eq(OrganisationState::Submitted))
            .set((organisations::state.eq(OrganisationState::MoreWanted), organisations::request_for_more.eq(request)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("more asked for", self.subject(), json!({ "request": request }))?;
        self.tell_leads(act, &MoreWantedLetter { organisation: &self.name, slug: &self.slug, request })
    }

    /// Sends a letter to every lead who has an account.
    pub fn tell_leads<L: Letter>(&self, act: &mut Act<'_>, letter: &L) -> Result<()> {
        self.tell(act, MembershipRole::Lead, letter)
    }

    /// Sends a letter to everyone with an account who has a role here.
    pub fn tell<L: Letter>(&self, act: &mut Act<'_>, role: MembershipRole, letter: &L) -> Result<()> {
        let addresses: Vec<EmailAddress> = lead_addresses(act.conn, self.id, role)?;
        addresses.iter().try_for_each(|address| act.post(address, letter))
    }

    fn insert_with_free_slug(mut self, act: &mut Act<'_>) -> Result<Self> {
        let base = slug_of(&self.name);
        for attempt in 1..=50 {
            self.slug = if attempt == 1 { base.clone() } else { format!("{base}-{attempt}") };
            let added =
                unless_taken(act.conn, |conn| diesel::insert_into(organisations::table).values(&self).execute(conn))?;
            if added.is_some() {
                return Ok(self);
            }
        }
        Err(Error::Busy)
    }
}

/// Approved organisations in good standing with this in their name, by name.
pub fn find_public_named(conn: &mut DbConnection, name: &str, limit: i64) -> Result<Vec<Organisation>> {
    Ok(organisations::table
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .filter(organisations::search.like(pattern_of(name)).escape('\\'))
        .order((organisations::search, organisations::id))
        .limit(limit)
        .select(Organisation::as_select())
        .load(conn)?)
}

/// How many organisations are in each state, without those that are suspended or closed.
pub fn count_by_state(conn: &mut DbConnection) -> Result<Vec<(OrganisationState, i64)>> {
    Ok(organisations::table
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .group_by(organisations::state)
        .select((organisations::state, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The organisations someone is active in, with the role, by name.
pub fn organisations_of(conn: &mut DbConnection, account: AccountId) -> Result<Vec<(Organisation, MembershipRole)>> {
    use crate::db::schema::memberships;
    Ok(memberships::table
        .inner_join(people::table)
        .inner_join(organisations::table)
        .filter(people::account_id.eq(account))
        .filter(memberships::state.eq(membership::MembershipState::Active))
        .order(organisations::search)
        .select((Organisation::as_select(), memberships::role))
        .load(conn)?)
}

/// A name as it stands in addresses: `St Ann's Youth Hub` is `st-anns-youth-hub`.
fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in fold_for_search(name).chars().filter(|c| !matches!(c, '\'' | '’')) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(60).collect();
    // A name without a single Latin letter still needs an address; `new` is a page of its own.
    if slug.is_empty() || slug == "new" { "organisation".to_owned() } else { slug.trim_end_matches('-').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn a_slug_is_readable_and_never_empty() {
        assert_eq!(slug_of("St Ann’s  Youth Hub & Café!"), "st-anns-youth-hub-cafe");
        assert_eq!(slug_of("青年会"), "organisation");
        assert_eq!(slug_of("New"), "organisation");
    }
}
