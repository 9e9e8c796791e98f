//! The pages of one's own account, and what they say after a change.

use serde::Serialize;

use super::device::name_device;
use crate::accounts::{Account, Authenticator, Enrolment, HasTwoSteps, RecoveryCodes, Role, Session};
use crate::clock::{day_of, say_day, say_instant};
use crate::error::Result;
use crate::web::{Filled, Link, Page, QrCode, Sample, count, sample};

pub(super) const ADDRESS_CHANGED: &str = "Your email address is changed. Sign in with the new one from now on";
pub(super) const PASSWORD_CHANGED: &str = "Your password is changed, and every other device is signed out";
pub(super) const SESSION_ENDED: &str = "That device is signed out";
pub(super) const OTHERS_ENDED: &str = "Every other device is signed out";
pub(super) const TURNED_OFF: &str = "Signing in no longer takes a code";
pub(super) const WRONG_FIRST_CODE: &str =
    "This is not the code your app should show now. Check that your phone’s clock is right, and try the next code";

const PASSKEYS: &str = "Sign in with your finger, your face or your device’s code";
const ACCOUNT: &str = "/my/account";

#[derive(Serialize)]
pub struct AccountPage {
    name: String,
    rows: Vec<AccountRow>,
}
#[derive(Serialize)]
struct AccountRow {
    name: &'static str,
    text: String,
    href: &'static str,
    /// What its link says, if not “Change”.
    action: Option<&'static str>,
    change_what: &'static str,
}
impl AccountPage {
    pub fn new(
        account: &Account,
        roles: &[Role],
        authenticator: Option<&Authenticator>,
        codes: i64,
        sessions: usize,
    ) -> Self {
        let second_step = match (authenticator, must_have_two_steps(roles)) {
            (Some(_), _) => format!("A code from your authenticator app. {}", say_codes(codes)),
            (None, true) => "Not set up yet. Your work for the VRP needs it".to_owned(),
            (None, false) => "Not set up. It keeps others out even when they know your password".to_owned(),
        };
        let row = |name, text: String, href, change_what| AccountRow { name, text, href, action: None, change_what };
        let rows = vec![
            row("Email address", account.email.clone(), "/my/account/email", "your email address"),
            row("Password", "Known to you alone".into(), "/my/account/password", "your password"),
            row("Second step", second_step, "/my/account/authenticator", "the second step at sign-in"),
            row("Passkeys", PASSKEYS.into(), "/my/account/passkeys", "your passkeys"),
            row(
                "Signed in on",
                count(sessions, "device", "devices"),
                "/my/account/sessions",
                "where you are signed in",
            ),
            row(
                "Emails about training",
                "How often we may write".into(),
                "/my/account/notices",
                "how often we may write about training",
            ),
            AccountRow {
                action: Some("Manage"),
                ..row("Your data", "Download it all, or be erased".into(), "/my/account/data", "your data")
            },
        ];
        Self { name: account.name.clone(), rows }
    }
}
impl Page for AccountPage {
    const TEMPLATE: &'static str = "my_account/account";
    fn title(&self) -> String {
        "My account".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("My page", "/my"))
    }
}

#[derive(Serialize)]
pub struct EmailPage {
    email: String,
    form: Filled,
}
impl EmailPage {
    pub fn new(account: &Account, form: Filled) -> Self {
        Self { email: account.email.clone(), form }
    }
}
impl Page for EmailPage {
    const TEMPLATE: &'static str = "my_account/email";
    fn title(&self) -> String {
        "Change my email address".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(ACCOUNT)
    }
}

#[derive(Serialize)]
pub struct NewAddressPage {
    pub token: String,
}
impl Page for NewAddressPage {
    const TEMPLATE: &'static str = "my_account/new-address";
    fn title(&self) -> String {
        "Confirm your new email address".into()
    }
}

#[derive(Serialize)]
pub struct PasswordPage {
    pub form: Filled,
}
impl Page for PasswordPage {
    const TEMPLATE: &'static str = "my_account/password";
    fn title(&self) -> String {
        "Change my password".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(ACCOUNT)
    }
}

/// Where someone is signed in.
#[derive(Serialize)]
pub struct SessionsPage {
    sessions: Vec<SessionRow>,
    has_others: bool,
}
#[derive(Serialize)]
struct SessionRow {
    device: String,
    since: String,
    last_used: String,
    is_this: bool,
    end: String,
}
impl SessionsPage {
    pub fn new(sessions: &[Session], token: &str) -> Self {
        let row = |session: &Session| SessionRow {
            device: name_device(&session.device),
            since: say_day(day_of(session.created_at)),
            last_used: say_instant(session.last_used_at),
            is_this: session.has_token(token),
            end: format!("/my/account/sessions/{}/end", session.token_hash),
        };
        Self { sessions: sessions.iter().map(row).collect(), has_others: sessions.len() > 1 }
    }
}
impl Page for SessionsPage {
    const TEMPLATE: &'static str = "my_account/sessions";
    fn title(&self) -> String {
        "Where you are signed in".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(ACCOUNT)
    }
}

/// Is there a second step, and what can be done about it?
#[derive(Serialize)]
pub struct AuthenticatorPage {
    is_on: bool,
    must_have: bool,
    /// It is on, and this session began without it.
    prove_first: bool,
    codes_text: String,
}
impl AuthenticatorPage {
    #[allow(clippy::fn_params_excessive_bools)]
    pub fn new(is_on: bool, roles: &[Role], has_two_steps: HasTwoSteps, codes: i64) -> Self {
        Self {
            is_on,
            must_have: must_have_two_steps(roles) && has_two_steps == HasTwoSteps::No,
            prove_first: is_on && has_two_steps == HasTwoSteps::No,
            codes_text: say_codes(codes),
        }
    }
}
impl Page for AuthenticatorPage {
    const TEMPLATE: &'static str = "my_account/authenticator";
    fn title(&self) -> String {
        "A second step when you sign in".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(ACCOUNT)
    }
}

/// What an app needs to know, and room for its first code.
#[derive(Serialize)]
pub struct EnrolmentPage {
    qr: QrCode,
    key: String,
    form: Filled,
}
impl EnrolmentPage {
    pub fn new(enrolment: Enrolment, form: Filled) -> Result<Self> {
        Ok(Self { qr: QrCode::draw(&enrolment.url)?, key: enrolment.key, form })
    }
}
impl Page for EnrolmentPage {
    const TEMPLATE: &'static str = "my_account/enrolment";
    fn title(&self) -> String {
        "Set up your authenticator app".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account/authenticator")
    }
}

/// New recovery codes, shown this once.
#[derive(Serialize)]
pub struct RecoveryCodesPage {
    codes: Vec<String>,
}
impl RecoveryCodesPage {
    pub fn new(codes: RecoveryCodes) -> Self {
        Self { codes: codes.0 }
    }
}
impl Page for RecoveryCodesPage {
    const TEMPLATE: &'static str = "my_account/recovery-codes";
    fn title(&self) -> String {
        "Keep your recovery codes".into()
    }
}

#[derive(Serialize)]
pub struct RecoveryPage {}
impl Page for RecoveryPage {
    const TEMPLATE: &'static str = "my_account/recovery";
    fn title(&self) -> String {
        "Make new recovery codes".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account/authenticator")
    }
}

#[derive(Serialize)]
pub struct RemovalPage {
    must_have: bool,
}
impl RemovalPage {
    pub fn new(roles: &[Role]) -> Self {
        Self { must_have: must_have_two_steps(roles) }
    }
}
impl Page for RemovalPage {
    const TEMPLATE: &'static str = "my_account/removal";
    fn title(&self) -> String {
        "Take your authenticator app off".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account/authenticator")
    }
}

fn must_have_two_steps(roles: &[Role]) -> bool {
    roles.iter().any(|role| role.wants_two_steps() == HasTwoSteps::Yes)
}

fn say_codes(left: i64) -> String {
    format!("{} left", count(left.max(0) as usize, "recovery code", "recovery codes"))
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let wrong = |name: &str, problem: &str| Filled::blank(&["email", "password", "code"]).with_problem(name, problem);
    let qr = QrCode::draw("otpauth://totp/Youth%20Charter:asha@example.org").expect("it is short");
    let session = |device: &str, is_this| SessionRow {
        device: device.into(),
        since: "3 November 2026".into(),
        last_used: "24 November 2026 at 9:05am".into(),
        is_this,
        end: "/my/account/sessions/0123/end".into(),
    };
    let row = |name, href| AccountRow {
        name,
        text: "asha@example.org".into(),
        href,
        action: None,
        change_what: "your address",
    };
    let on = AuthenticatorPage { is_on: true, must_have: true, prove_first: true, codes_text: say_codes(9) };
    vec![
        sample(&AccountPage { name: "Asha Patel".into(), rows: vec![row("Email address", "/my/account/email")] }),
        sample(&EmailPage { email: "asha@example.org".into(), form: wrong("email", "Enter your new email address") }),
        sample(&NewAddressPage { token: "0123".into() }),
        sample(&PasswordPage { form: wrong("password", "Enter a new password") }),
        sample(&SessionsPage {
            sessions: vec![session("Firefox on Android", true), session("Chrome on Windows", false)],
            has_others: true,
        }),
        sample(&AuthenticatorPage { is_on: false, prove_first: false, ..on }),
        sample(&AuthenticatorPage { is_on: true, must_have: true, prove_first: true, codes_text: say_codes(9) }),
        sample(&AuthenticatorPage { is_on: true, must_have: false, prove_first: false, codes_text: say_codes(1) }),
        sample(&EnrolmentPage { qr, key: "ABCD EFGH".into(), form: wrong("code", WRONG_FIRST_CODE) }),
        sample(&RecoveryCodesPage { codes: vec!["k7pm-3xwq-9dtr-h2vb".into()] }),
        sample(&RecoveryPage {}),
        sample(&RemovalPage { must_have: true }),
        sample(&RemovalPage { must_have: false }),
    ]
}
