//! What nobody learns: secrets from the log, and who has an account from an answer or from the work behind it.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use youth_charter::config::DatabaseUrl;

use crate::commands::{Machine, Served};
use crate::harness::{
    Answer, Device, MailServer, PASSWORD, Page, Person, S3Server, count_statements, openid_provider, spawn_portal,
    statements_on,
};

/// Who asks for something at the door: somebody with an account, and somebody without.
const DOORS: &[(&str, &[(&str, &str)])] = &[
    ("/sign-in", &[("password", "a wrong guess")]),
    ("/forgotten-password", &[]),
    ("/sign-in/link", &[]),
    ("/register", &[("name", "Asha Patel"), ("password", PASSWORD)]),
];

/// What somebody learns from an answer. The address they typed is theirs, and left out.
fn what_it_tells(answer: &Answer, email: &str) -> (u16, Option<String>, Vec<String>, String) {
    let headers =
        answer.headers.iter().filter(|(name, _)| name != "date").map(|(name, value)| format!("{name}: {value}"));
    let page = answer.text().replace(email, "ADDRESS");
    (answer.status, answer.location().map(str::to_owned), headers.collect(), page)
}

#[test]
fn the_answer_and_the_number_of_queries_are_the_same_with_and_without_an_account() {
    count_statements();
    let portal = spawn_portal();
    let asha = portal.signed_up("Asha Patel");
    let ask = |path: &str, email: &str, fields: &[(&str, &str)]| {
        let fields: Vec<_> = [("email", email)].into_iter().chain(fields.iter().copied()).collect();
        let before = statements_on(portal.database());
        let answer = portal.visitor().send(path, &fields);
        (what_it_tells(&answer, email), statements_on(portal.database()) - before)
    };
    // Of the same length, so that pages are of the same length too.
    let somebody = asha.email().to_owned();
    let nobody = |n: usize| format!("nobody.{n:03}@example.org");
    assert_eq!(somebody.len(), nobody(0).len());
    for (number, (path, fields)) in DOORS.iter().enumerate() {
        // Once each before it counts: connections are opened, templates are read.
        ask(path, &somebody, fields);
        ask(path, &nobody(10 * number), fields);
        let (with, without) = (ask(path, &somebody, fields), ask(path, &nobody(10 * number + 1), fields));
        assert!(with.1 > 0, "{path}: nothing is counted");
        assert_eq!(with.0, without.0, "{path}: the answers differ");
        assert_eq!(with.1, without.1, "{path}: {} queries with an account, {} without", with.1, without.1);
    }
    portal.read_all_letters();
}

#[test]
fn as_many_passwords_are_worked_on_with_and_without_an_account() {
    let machine = Machine::new();
    let mail = MailServer::start();
    let served = Served::start(&machine, &[("SMTP_URL", &mail.url()), ("RUST_LOG", "debug")]);
    let send = |path: &str, email: &str, fields: &[(&str, &str)]| {
        let fields: Vec<_> = [("email", email)].into_iter().chain(fields.iter().copied()).collect();
        let before = hashes(&served);
        Person::new(&served.address).send(path, &fields);
        hashes(&served) - before
    };
    send("/register", "asha.patel@example.org", &[("name", "Asha Patel"), ("password", PASSWORD)]);
    let confirm = link_to(&mail, "asha.patel@example.org", "/confirm/");
    Person::new(&served.address).send(&confirm, &[]);
    // What is compared with when there is no account is made once.
    send("/sign-in", "first@example.org", &[("password", "a wrong guess")]);
    for (path, fields) in DOORS {
        let (with, without) =
            (send(path, "asha.patel@example.org", fields), send(path, &format!("n{}@example.org", path.len()), fields));
        assert_eq!(with, without, "{path}");
        let wanted = usize::from(fields.iter().any(|(name, _)| *name == "password"));
        assert_eq!(with, wanted, "{path}");
    }
}

fn hashes(served: &Served) -> usize {
    served.complaints().matches("a password is worked on").count()
}

/// The path of the link in the last letter to an address, which leads there.
fn link_to(mail: &MailServer, address: &str, place: &str) -> String {
    for _ in 0..100 {
        let letters = mail.letters();
        let to = letters.iter().rev().filter(|letter| letter.to == address);
        let lines = to.flat_map(|letter| letter.text.lines());
        if let Some(line) = lines.filter(|line| line.starts_with("http")).find(|line| line.contains(place)) {
            let url = url::Url::parse(line).expect("a link");
            return url.path().to_owned();
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("no letter to {address} with a link to {place}");
}

/// Secrets as they come up, each with what it is.
#[derive(Default)]
struct Secrets(Vec<(String, String)>);

impl Secrets {
    fn add(&mut self, what: &str, secret: impl Into<String>) -> String {
        let secret = secret.into();
        assert!(secret.len() >= 6, "{what} is too short to look for: {secret:?}");
        self.0.push((what.to_owned(), secret.clone()));
        secret
    }

    fn add_token_of(&mut self, what: &str, path: String) -> String {
        self.add(what, path.rsplit('/').next().expect("a link ends in its token"));
        path
    }

    fn add_session_of(&mut self, person: &Person) {
        self.add("a session", person.cookie("session").expect("signed in"));
    }

    /// Fails for each that stands in a text.
    fn expect_none_in(&self, place: &str, text: &str) {
        let told: BTreeSet<_> = self.0.iter().filter(|(_, secret)| text.contains(secret.as_str())).collect();
        let lines = told.iter().map(|(what, secret)| {
            let line = text.lines().find(|line| line.contains(secret.as_str())).unwrap_or_default();
            format!("{what} in: {}", line.chars().take(300).collect::<String>())
        });
        let lines: Vec<_> = lines.collect();
        assert!(lines.is_empty(), "{place} gives away {lines:#?}");
    }
}

#[test]
fn no_secret_is_in_the_log_at_its_most_verbose_nor_in_what_commands_and_error_pages_say() {
    let machine = Machine::new();
    let (mail, store) = (MailServer::start(), S3Server::start());
    let mut secrets = Secrets::default();
    let key = secrets.add("SECRET_KEY", "5ec2e7".repeat(10) + "abcd");
    let smtp =
        format!("smtp://portal:{}@{}", secrets.add("the password of the mail server", "smtp-pa55-word"), mail.address);
    let youth_charter::config::FilesPlace::Bucket(bucket) = store.place() else { panic!("a bucket") };
    let files = format!("s3://{}/{}?endpoint={}", bucket.name, bucket.folder, bucket.endpoint.expect("an endpoint"));
    let store_secret = secrets.add("the secret of the store", bucket.secret_access_key);
    let provider = openid_provider().settings();
    let client_secret = secrets.add("the secret of the provider", provider.client_secret.clone());
    let listen = crate::harness::nobodys_address();
    let site = format!("http://localhost:{}", listen.port());
    let mut settings = vec![
        ("RUST_LOG", "trace"),
        ("SECRET_KEY", key.as_str()),
        ("SMTP_URL", smtp.as_str()),
        ("FILES_URL", files.as_str()),
        ("AWS_ACCESS_KEY_ID", bucket.access_key_id.as_str()),
        ("AWS_SECRET_ACCESS_KEY", store_secret.as_str()),
        ("OIDC_ISSUER", provider.issuer.as_str()),
        ("OIDC_CLIENT_ID", provider.client_id.as_str()),
        ("OIDC_CLIENT_SECRET", client_secret.as_str()),
        ("OIDC_TENANT", "vrp"),
        ("OIDC_ROLES", "stewards=steward,reviewers=reviewer"),
        ("BASE_URL", site.as_str()),
    ];
    let database = machine.database_url();
    let with_password = match database {
        DatabaseUrl::Postgres(url) => {
            let mut url = url::Url::parse(url).expect("an address");
            url.set_password(Some(&secrets.add("the password of the database", "db-pa55-word"))).expect("a password");
            url.to_string()
        }
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
    };
    settings.push(("DATABASE_URL", &with_password));
    let listen_text = listen.to_string();
    settings.push(("LISTEN", &listen_text));
    let served = Served::start(&machine, &settings);

    walk_all_doors(&served, &mail, &site, &mut secrets);

    let log = served.complaints();
    assert!(log.contains("a password is worked on"), "the log is as verbose as it can be");
    secrets.expect_none_in("the log", &log);
    for words in [&["config"][..], &["check"], &["audit", "verify"], &["remind"]] {
        let said = machine.command(words).envs(settings.iter().copied()).output().expect("it runs");
        let said = [said.stdout, said.stderr].concat();
        secrets.expect_none_in(&format!("youth-charter {words:?}"), &String::from_utf8_lossy(&said));
    }
    // What is wrong with a setting is said without the setting.
    for (name, value) in [
        ("SECRET_KEY", "5ec2e7-and-not-hexadecimal".to_owned()),
        ("SMTP_URL", "smpt://portal:smtp-pa55-word@there".to_owned()),
        ("DATABASE_URL", "postgers://portal:db-pa55-word@there/x".to_owned()),
        (
            "DATABASE_URL",
            format!("postgres://portal:db-pa55-word@127.0.0.1:{}/x", crate::harness::nobodys_address().port()),
        ),
    ] {
        let said = machine.command(&["check"]).env(name, &value).output().expect("it runs");
        let said = String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned();
        for secret in ["5ec2e7-and", "smtp-pa55-word", "db-pa55-word"] {
            assert!(!said.contains(secret), "{name}: {said}");
        }
    }
}

/// Signs up, in and over again in every way there is, and keeps every secret that comes up.
fn walk_all_doors(served: &Served, mail: &MailServer, site: &str, secrets: &mut Secrets) {
    let set_up = served.said.iter().find_map(|line| line.trim().strip_prefix(site)).expect("a link").to_owned();
    let set_up = secrets.add_token_of("the first administrator's link", set_up);
    let password = secrets.add("the first administrator's password", "seven purple umbrellas");
    let mut steward = Person::new(site);
    steward.send(&set_up, &[("name", "Sam"), ("email", "sam@example.org"), ("password", &password)]);

    // Signing up, with a password that is refused first.
    let weak = secrets.add("a password that was refused", "Password123!");
    let first = secrets.add("a password", "eleven yellow kites");
    let mut asha = Person::new(site);
    let sign_up = |asha: &mut Person, word: &str| {
        asha.send("/register", &[("name", "Asha"), ("email", "asha@example.org"), ("password", word)]).status
    };
    assert_eq!((sign_up(&mut asha, &weak), sign_up(&mut asha, &first)), (422, 303));
    let confirm = secrets.add_token_of("a confirmation", link_to(mail, "asha@example.org", "/confirm/"));
    assert_eq!(asha.send(&confirm, &[]).status, 303);
    secrets.add_session_of(&asha);

    // An authenticator, its codes, and recovery codes.
    asha.visit("/my/account/authenticator").press("Set it up");
    let shown = asha.page().all(".code").first().map(|code| code.text().collect::<String>()).expect("a key to type");
    let key = secrets.add("the secret of an authenticator, as it is shown", shown.trim());
    let bare: String = secrets.add("the secret of an authenticator", key.replace(' ', ""));
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(&bare).expect("base32"))
        .with_account_name("asha")
        .with_issuer(Some("Youth Charter"))
        .build()
        .expect("a second step");
    let code = secrets.add("a code", totp.generate_current().to_string());
    asha.fill("The code your app shows now", &code).press("Continue").sees("Keep your recovery codes");
    let codes: Vec<String> = asha.page().all(".code").iter().map(|c| c.text().collect::<String>()).collect();
    assert!(codes.len() >= 5, "{codes:?}");
    codes.iter().for_each(|code| drop(secrets.add("a recovery code", code.trim())));
    secrets.add_session_of(&asha);

    // Signing in: a wrong password, the right one, a wrong code, a recovery code.
    let wrong = secrets.add("a wrong password", "eleven yellow kite");
    let mut again = Person::new(site);
    again.send("/sign-in", &[("email", "asha@example.org"), ("password", &wrong)]);
    again.send("/sign-in", &[("email", "asha@example.org"), ("password", &first)]);
    secrets.add_session_of(&again);
    again.send("/sign-in/code", &[("code", &secrets.add("a wrong code", "918273"))]);
    assert_eq!(again.send("/sign-in/code", &[("code", codes[0].trim())]).status, 303);
    secrets.add_session_of(&again);

    // A link to sign in; a new password; a new address.
    again.send("/sign-in/link", &[("email", "asha@example.org")]);
    let link = secrets.add_token_of("a link to sign in", link_to(mail, "asha@example.org", "/sign-in/links/"));
    Person::new(site).visit(&link).press("Sign in");
    again.send("/forgotten-password", &[("email", "sam@example.org")]);
    let reset = secrets.add_token_of("a link to a new password", link_to(mail, "sam@example.org", "/reset-password/"));
    let second = secrets.add("a new password", "nine orange lanterns");
    assert_eq!(again.send(&reset, &[("password", &second)]).status, 303);
    assert_eq!(again.send("/my/account/email", &[("email", "asha.new@example.org")]).status, 303);
    secrets.add_token_of("a new address", link_to(mail, "asha.new@example.org", "/new-address/"));

    // An invitation.
    again.send("/organisations/new", &[("name", "The Hub")]);
    let position = [("name", "Ivy"), ("email", "ivy@example.org"), ("role", "viewer"), ("engagement", "volunteer")];
    assert_eq!(again.send("/organisations/the-hub/people/invitations/new", &position).status, 303);
    secrets.add_token_of("an invitation", link_to(mail, "ivy@example.org", "/invitations/"));

    // A passkey.
    again.visit("/my/account/passkeys/new");
    let page = again.page();
    let options = page.all("form[data-passkey]")[0].attr("data-passkey-options").expect("options").to_owned();
    let question = page.all("input[name=question]")[0].attr("value").expect("a token").to_owned();
    secrets.add("the question to a device", question.as_str());
    let made = Device::before(site).make(&serde_json::from_str(&options).expect("JSON")).to_string();
    let fields = [("name", "My phone"), ("question", question.as_str()), ("credential", made.as_str())];
    assert_eq!(again.send("/my/account/passkeys/new", &fields).status, 303);

    // A work account.
    let mut wendy = Person::new(site);
    let there = wendy.ask("/sign-in/work").location().expect("the provider").to_owned();
    let claims = json!({
        "sub": format!("wendy-{}", uuid::Uuid::now_v7()), "name": "Wendy Ward", "email": "wendy@vrp.example.org",
        "email_verified": true, "tid": "vrp", "groups": ["stewards"], "amr": ["pwd", "mfa"],
    });
    let back = openid_provider().sign_in(&there, &claims);
    for (name, value) in url::Url::parse(&format!("{site}{back}")).expect("an address").query_pairs() {
        if name == "code" || name == "state" {
            secrets.add(&format!("the provider's {name}"), value);
        }
    }
    wendy.visit(&back);
    secrets.add_session_of(&wendy);

    // Things that are wrong: the pages say so without the secret, and so does the log.
    for path in
        [link.as_str(), reset.as_str(), confirm.as_str(), "/sign-in/work/return?code=secret-code-of-theirs&state=none"]
    {
        let mut someone = Person::new(site);
        for answer in [someone.ask(path), someone.send(path, &[])] {
            let text = Page::parse(&answer.text()).text();
            secrets.expect_none_in(path, &text);
        }
    }
    secrets.add("a code that nobody gave", "secret-code-of-theirs");
}
