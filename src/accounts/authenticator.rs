//! The second step: a six-digit code from an authenticator app, or a recovery code.
//! No code is good twice, and after five wrong ones nobody can try for a quarter of an hour.
//!
//! | from | verb | to |
//! |---|---|---|
//! | none | propose | proposed |
//! | proposed, right code | confirm | active |
//! | active | turn off | none |

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use totp_rs::{Builder, Totp};

use super::account::Account;
use super::link::token_hash;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{authenticators, recovery_codes};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::mail::Letter;
use crate::secrets::SecretKey;
use crate::text_enum;

const ISSUER: &str = "Youth Charter";
const SECRET_BYTES: usize = 20;
const WRONG_CODES: i32 = 5;
const WAIT: Duration = Duration::minutes(15);
const RECOVERY_CODES: usize = 10;
/// Nothing that is read as something else: no 0, 1, i, l, o.
const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";

text_enum! {
    /// A proposed authenticator has not given a right code yet.
    pub enum AuthenticatorState { Proposed = "proposed", Active = "active" }
}

/// Someone's authenticator app, as it is stored.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = authenticators)]
pub struct Authenticator {
    account_id: AccountId,
    sealed_secret: String,
    state: AuthenticatorState,
    last_step: i64,
    wrong_codes: i32,
    wait_until: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
}

/// What someone needs to set their app up.
pub struct Enrolment {
    /// For a QR code: `otpauth://totp/…`.
    pub url: String,
    /// To type in: groups of four letters.
    pub key: String,
}

/// Codes to print or write down: they are shown once and only their hashes kept.
pub struct RecoveryCodes(pub Vec<String>);

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeCheck {
    Right,
    Wrong,
    /// Too many were wrong; none is looked at until then.
    WaitUntil(NaiveDateTime),
}

#[derive(Serialize)]
struct OnLetter<'a> {
    name: &'a str,
}
impl Letter for OnLetter<'_> {
    const NAME: &'static str = "second-step-on";
}

#[derive(Serialize)]
struct OffLetter<'a> {
    name: &'a str,
}
impl Letter for OffLetter<'_> {
    const NAME: &'static str = "second-step-off";
}

#[derive(Serialize)]
struct RecoveryUsedLetter<'a> {
    name: &'a str,
    left: i64,
}
impl Letter for RecoveryUsedLetter<'_> {
    const NAME: &'static str = "recovery-code-used";
}

impl Authenticator {
    /// The one that an account has, active or proposed.
    pub fn find_of(conn: &mut DbConnection, account: AccountId) -> Result<Option<Self>> {
        Ok(authenticators::table.find(account).select(Self::as_select()).first(conn).optional()?)
    }

    pub fn is_active(&self) -> bool {
        self.state == AuthenticatorState::Active
    }

    /// Proposes a new secret; one that was proposed before stays, so that two windows show the same.
    pub fn propose(act: &mut Act<'_>, account: &Account) -> Result<()> {
        match Self::find_of(act.conn, account.id)? {
            Some(found) if found.is_active() => Err(Error::Conflict),
            Some(_) => Ok(()),
            None => {
                let secret: [u8; SECRET_BYTES] = rand::random();
                let row = Self {
                    account_id: account.id,
                    sealed_secret: act.secret.seal(account.id.as_str(), &secret),
                    state: AuthenticatorState::Proposed,
                    last_step: 0,
                    wrong_codes: 0,
                    wait_until: None,
                    created_at: act.at,
                };
                diesel::insert_into(authenticators::table).values(&row).execute(act.conn)?;
                act.record("authenticator proposed", Subject::of("account", account.id), json!({}))
            }
        }
    }

    /// What an app needs to know.
    pub fn enrolment(&self, secret: &SecretKey, account: &Account) -> Result<Enrolment> {
        let totp = self.totp(secret, account)?;
        let key = totp.secret().to_base32();
        let groups: Vec<_> =
            key.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        Ok(Enrolment { url: totp.to_url().map_err(Error::unexpected)?, key: groups.join(" ") })
    }

    /// The code its app shows at an instant: for the demonstration, where everyone holds everyone's telephone.
    pub fn code_at(&self, secret: &SecretKey, account: &Account, at: NaiveDateTime) -> Result<String> {
        Ok(self.totp(secret, account)?.generate(seconds(at)).to_string())
    }

    /// Turns a proposed authenticator on when its code is right; returns recovery codes then.
    pub fn confirm(&self, act: &mut Act<'_>, account: &Account, typed: &str) -> Result<Option<RecoveryCodes>> {
        if self.is_active() {
            return Err(Error::Conflict);
        }
        let Some(step) = self.totp(act.secret, account)?.check(&digits(typed), seconds(act.at)) else {
            return Ok(None);
        };
        let changed = diesel::update(authenticators::table.find(account.id))
            .filter(authenticators::state.eq(AuthenticatorState::Proposed))
            .filter(authenticators::sealed_secret.eq(&self.sealed_secret))
            .set((authenticators::state.eq(AuthenticatorState::Active), authenticators::last_step.eq(step as i64)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("second step turned on", Subject::of("account", account.id), json!({}))?;
        act.post(&account.address(), &OnLetter { name: &account.name })?;
        RecoveryCodes::make_for(act, account).map(Some)
    }

    /// Looks at a code from the app, or a recovery code, and uses it up. The row is taken before it is read, so that two
    /// who try at once do so one after the other.
    pub fn check_code(act: &mut Act<'_>, account: &Account, typed: &str) -> Result<CodeCheck> {
        let here = authenticators::table.find(account.id);
        diesel::update(here).set(authenticators::account_id.eq(account.id)).execute(act.conn)?;
        let found = Self::find_of(act.conn, account.id)?.filter(Self::is_active).ok_or(Error::Conflict)?;
        found.check(act, account, typed)
    }

    fn check(&self, act: &mut Act<'_>, account: &Account, typed: &str) -> Result<CodeCheck> {
        if let Some(until) = self.wait_until.filter(|until| *until > act.at) {
            return Ok(CodeCheck::WaitUntil(until));
        }
        let step = self.totp(act.secret, account)?.check(&digits(typed), seconds(act.at)).map(|step| step as i64);
        let right = match step {
            Some(step) => self.take_step(act, step)?,
            None => RecoveryCodes::take(act, account, typed)?,
        };
        if right { Ok(CodeCheck::Right) } else { self.count_wrong_code(act) }
    }

    /// Takes the second step away, and with it the recovery codes.
    pub fn turn_off(&self, act: &mut Act<'_>, account: &Account) -> Result<()> {
        diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account.id))).execute(act.conn)?;
        let gone = diesel::delete(authenticators::table.find(account.id)).execute(act.conn)?;
        if gone == 0 {
            return Err(Error::Conflict);
        }
        act.record("second step turned off", Subject::of("account", account.id), json!({}))?;
        act.post(&account.address(), &OffLetter { name: &account.name })
    }

    /// A code is good for its half minute, once: a later one makes all before it worthless.
    fn take_step(&self, act: &mut Act<'_>, step: i64) -> Result<bool> {
        let taken = diesel::update(authenticators::table.find(self.account_id))
            .filter(authenticators::last_step.lt(step))
            .set((
                authenticators::last_step.eq(step),
                authenticators::wrong_codes.eq(0),
                authenticators::wait_until.eq(None::<NaiveDateTime>),
            ))
            .execute(act.conn)?;
        Ok(taken == 1)
    }

    fn count_wrong_code(&self, act: &mut Act<'_>) -> Result<CodeCheck> {
        let wrong = self.wrong_codes + 1;
        let until = (wrong >= WRONG_CODES).then(|| act.at + WAIT);
        diesel::update(authenticators::table.find(self.account_id))
            .set((
                authenticators::wrong_codes.eq(if until.is_some() { 0 } else { wrong }),
                authenticators::wait_until.eq(until),
            ))
            .execute(act.conn)?;
        let Some(until) = until else { return Ok(CodeCheck::Wrong) };
        act.record("too many wrong codes", Subject::of("account", self.account_id), json!({}))?;
        Ok(CodeCheck::WaitUntil(until))
    }

    fn totp(&self, secret: &SecretKey, account: &Account) -> Result<Totp> {
        let secret = secret.open(account.id.as_str(), &self.sealed_secret)?;
        let builder = Builder::new().with_secret(secret).with_account_name(account.email.clone());
        builder.with_issuer(Some(ISSUER)).build().map_err(|_| Error::unexpected("an authenticator cannot be built"))
    }
}

impl RecoveryCodes {
    /// New codes in place of all there were.
    pub fn make_for(act: &mut Act<'_>, account: &Account) -> Result<Self> {
        diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account.id))).execute(act.conn)?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| new_recovery_code()).collect();
        for code in &codes {
            diesel::insert_into(recovery_codes::table)
                .values((
                    recovery_codes::code_hash.eq(hash_of_code(account, code)),
                    recovery_codes::account_id.eq(account.id),
                ))
                .execute(act.conn)?;
        }
        act.record("recovery codes made", Subject::of("account", account.id), json!({}))?;
        Ok(Self(codes))
    }

    /// How many of an account's are left.
    pub fn left_of(conn: &mut DbConnection, account: AccountId) -> Result<i64> {
        Ok(recovery_codes::table
            .filter(recovery_codes::account_id.eq(account))
            .filter(recovery_codes::used_at.is_null())
            .count()
            .get_result(conn)?)
    }

    fn take(act: &mut Act<'_>, account: &Account, typed: &str) -> Result<bool> {
        let taken = diesel::update(recovery_codes::table.find(hash_of_code(account, typed)))
            .filter(recovery_codes::used_at.is_null())
            .set(recovery_codes::used_at.eq(act.at))
            .execute(act.conn)?;
        if taken == 0 {
            return Ok(false);
        }
        let left = Self::left_of(act.conn, account.id)?;
        act.record("recovery code used", Subject::of("account", account.id), json!({ "left": left }))?;
        act.post(&account.address(), &RecoveryUsedLetter { name: &account.name, left })?;
        Ok(true)
    }
}

/// 16 letters and digits, some 79 bits, in groups of four.
fn new_recovery_code() -> String {
    let letters: [usize; 16] = std::array::from_fn(|_| rand::random_range(0..LETTERS.len()));
    let groups: Vec<String> =
        letters.chunks(4).map(|group| group.iter().map(|letter| char::from(LETTERS[*letter])).collect()).collect();
    groups.join("-")
}

fn hash_of_code(account: &Account, typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    token_hash(&format!("{} {plain}", account.id))
}

/// People type `123 456` too.
fn digits(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

fn seconds(at: NaiveDateTime) -> u64 {
    at.and_utc().timestamp().max(0) as u64
}
