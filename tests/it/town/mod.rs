//! Everyone who could ask, and for every address with a name in it something real to put there.
//! A new route with a part of its own wants a line in [`Town::addresses`].

mod audits;
mod charters;
mod frameworks;
mod improving;
mod reviews;
mod spreadsheets;
mod training;
mod umbrellas;
mod voices;

use std::collections::BTreeSet;

use youth_charter::accounts::{Role, Session, ask_for_new_address};
use youth_charter::app::routes;
use youth_charter::audit::Actor;
use youth_charter::charter::{Capacity, CharterVersion};
use youth_charter::notices::{Topic, stop_address};
use youth_charter::organisations::{
    Answer, Engagement, MembershipRole, Organisation, Position, Question, Stage, WorkingProfile, add_without_account,
};
use youth_charter::passkeys::{RelyingParty, add_passkey};
use youth_charter::people::{Invitation, NewInvitation, invite};
use youth_charter::quality::{Assessment, Evidence, Framework};
use youth_charter::skills_audit::Instrument;
use youth_charter::web::RouteEntry;
use youth_charter::words::{EmailAddress, Line};

use self::audits::audits;
use self::charters::charter_draft;
use self::frameworks::framework_draft;
use self::improving::planned_and_said;
use self::reviews::reviews;
use self::spreadsheets::{imports, questionnaire};
use self::training::{logged_training, record_link_of, rules, training_sessions};
use self::umbrellas::umbrellas;
use self::voices::voices;
use crate::harness::{Device, Person, RunningPortal, a_document};

/// A portal with every kind of person and record in it.
pub struct Town {
    pub portal: RunningPortal,
    /// Each kind of person, as the columns of the table name them.
    pub people: Vec<(&'static str, Person)>,
    /// The beginning of a route, and the same with real things in it.
    addresses: Vec<(&'static str, String)>,
}

struct Crew {
    lead: Person,
    signatory: Person,
    practitioner: Person,
    viewer: Person,
}

impl Town {
    /// In a new portal.
    pub fn build_in(portal: RunningPortal) -> Self {
        let crew = Crew {
            lead: portal.signed_up("Lena Lead"),
            signatory: portal.signed_up("Sid Signatory"),
            practitioner: portal.signed_up("Prue Practitioner"),
            viewer: portal.signed_up("Vic Viewer"),
        };
        let (reviewer, decider) = (portal.reviewer(), portal.decider());
        let mut addresses = accounts_of(&portal, &crew.lead);
        addresses.extend(registrations(&portal, &crew));
        addresses.extend(pledges(&portal, &crew));
        addresses.extend(the_hub(&portal, &crew));
        addresses.extend(reviews(&portal, &crew, &reviewer, &decider));
        addresses.extend(rescues(&portal, &crew));
        let (provision, trainer) = training_sessions(&portal, &crew);
        addresses.extend(provision);
        addresses.extend(rules(&portal));
        addresses.extend(charter_draft(&portal));
        addresses.extend(framework_draft(&portal));
        addresses.extend(standings(&portal, &crew));
        addresses.extend(umbrellas(&portal, &crew));
        addresses.extend(imports(&portal, &crew));
        addresses.extend(audits(&portal, &crew));
        addresses.extend(voices(&portal, &crew));
        addresses.push(("/my/account/passkeys/{passkey}", passkey_of(&portal, &crew.practitioner)));
        addresses.push(("/my/training/links/{link}", record_link_of(&portal, &crew.practitioner)));
        let (secret, prue) = (&portal.inside.secret, crew.practitioner.account().id);
        addresses.push(("/unsubscribe/{token}", stop_address(secret, "", Topic::Training, prue)));
        let people = vec![
            ("visitor", portal.visitor()),
            ("newcomer", portal.signed_up("Nia Newcomer")),
            ("viewer", crew.viewer),
            ("practit.", crew.practitioner),
            ("signatory", crew.signatory),
            ("lead", crew.lead),
            ("lead 2", portal.approved_organisation("Elsewhere").lead),
            ("steward", portal.steward()),
            ("1 step", portal.signed_in(portal.with_role("Stu Singlestep", Role::Steward).account())),
            ("reviewer", reviewer),
            ("review. 2", portal.with_role("Ola Other", Role::Reviewer)),
            ("decider", decider),
            ("provider", trainer),
        ];
        portal.read_all_letters();
        Self { portal, people, addresses }
    }

    /// Someone, by the name of their column.
    pub fn person(&self, name: &str) -> &Person {
        &self.people.iter().find(|(called, _)| *called == name).unwrap_or_else(|| panic!("nobody is {name}")).1
    }

    /// The first of these people who sees a page at this address, with the page before them.
    pub fn who_sees(&self, address: &str) -> Option<Person> {
        self.people.iter().find_map(|(_, person)| {
            let mut person = self.portal.same_person(person);
            let answer = person.ask(address);
            (answer.status == 200 && answer.is_html()).then(|| {
                person.visit(address);
                person
            })
        })
    }

    /// A route with something real in place of each name.
    pub fn address_of(&self, route: &str) -> String {
        let fits = self.addresses.iter().filter(|(beginning, _)| begins(route, beginning));
        let (beginning, real) =
            fits.max_by_key(|(beginning, _)| beginning.len()).map_or(("", ""), |(b, real)| (*b, real.as_str()));
        let address = format!("{real}{}", &route[beginning.len()..]);
        assert!(!address.contains('{'), "{route}: say in tests/it/town.rs what stands for {address}");
        address
    }
}

/// Is it the same, or followed by a further part?
fn begins(route: &str, beginning: &str) -> bool {
    route.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn accounts_of(portal: &RunningPortal, lead: &Person) -> Vec<(&'static str, String)> {
    let send = |path: &str, fields: &[(&str, &str)]| assert_eq!(portal.visitor().send(path, fields).status, 303);
    let fields = [("name", "Una"), ("email", "una@example.org"), ("password", crate::harness::PASSWORD)];
    send("/register", &fields);
    let confirm = portal.letter_to("una@example.org").link();
    let forgetful = portal.signed_up("Fay Forgetful");
    send("/forgotten-password", &[("email", forgetful.email())]);
    let reset = portal.letter_to(forgetful.email()).link();
    send("/sign-in/link", &[("email", forgetful.email())]);
    let sign_in = portal.letter_to(forgetful.email()).link();
    let new = EmailAddress::parse("una.new@example.org").expect("an address");
    portal.act(|act| ask_for_new_address(act, forgetful.account(), &new));
    let new_address = portal.letter_to(new.as_str()).link();
    let now = portal.inside.clock.now();
    let session = portal.read(|conn| Session::all_of(conn, now, lead.account().id)).remove(0).token_hash;
    let first = portal.act(youth_charter::accounts::invite_first_steward);
    vec![
        ("/confirm/{token}", confirm),
        ("/reset-password/{token}", reset),
        ("/sign-in/links/{token}", sign_in),
        ("/new-address/{token}", new_address),
        ("/my/account/sessions/{session}", format!("/my/account/sessions/{session}")),
        ("/set-up/{token}", format!("/set-up/{first}")),
        // Nobody but a demonstration has a mailbox.
        ("/mailbox/{message}", format!("/mailbox/{}", youth_charter::ids::MessageId::new())),
        ("/directory/{slug}", "/directory/the-hub".to_owned()),
        ("/verify/{code}", "/verify/PL-NOTHING".to_owned()),
        ("/static/{hash}/{name}", "/static/0/portal.css".to_owned()),
    ]
}

fn registrations(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let draft = portal.draft_organisation("New Club").organisation;
    crew.join(portal, &draft);
    let waiting = portal.submitted_organisation("Waiting Club").organisation;
    vec![
        ("/organisations/{slug}/registration", format!("/organisations/{}/registration", draft.slug)),
        ("/vrp/registrations/{slug}", format!("/vrp/registrations/{}", waiting.slug)),
    ]
}

/// An approved organisation with people, training, a pledge in force and a draft of its self-assessment.
fn the_hub(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let hub = portal.approved_organisation("The Hub").organisation;
    crew.join(portal, &hub);
    let pledge = portal.pledge_in_force(&hub, &crew.signatory, &crew.lead);
    let assessment = portal.answered_assessment(&hub, &crew.lead);
    let evidence = first_evidence(portal, &assessment);
    let (person, completion) = logged_training(portal, &crew.practitioner);
    let (invitation, invited) = open_invitation(portal, &hub);
    let indicator = first_indicator(portal);
    let base = format!("/organisations/{}", hub.slug);
    let (planned, comment) = planned_and_said(portal, &hub, &crew.practitioner);
    let keeper = crew.lead.account().id;
    let document = portal.act_as(&crew.lead, |act| Ok(a_document(act, hub.id, keeper, "Safeguarding policy")?.id));
    vec![
        ("/organisations/{slug}", base.clone()),
        ("/organisations/{slug}/people/invitations/{invitation}", format!("{base}/people/invitations/{invitation}")),
        ("/organisations/{slug}/people/{person}", format!("{base}/people/{person}")),
        ("/organisations/{slug}/people/{person}/invitation", on_record_of(portal, &hub, "invitation")),
        ("/organisations/{slug}/people/{person}/erasure", on_record_of(portal, &hub, "erasure")),
        ("/organisations/{slug}/training/people/{person}", format!("{base}/training/people/{person}")),
        (
            "/organisations/{slug}/training/completions/{completion}",
            format!("{base}/training/completions/{completion}"),
        ),
        ("/organisations/{slug}/quality/indicators/{indicator}", format!("{base}/quality/indicators/{indicator}")),
        ("/organisations/{slug}/quality/plan/{indicator}", format!("{base}/quality/plan/{planned}")),
        ("/organisations/{slug}/quality/comments/{comment}", format!("{base}/quality/comments/{comment}")),
        ("/organisations/{slug}/quality/papers/{assessment}", format!("{base}/quality/papers/{}", assessment.id)),
        ("/organisations/{slug}/quality/offline/{upload}", questionnaire(portal, crew, &hub)),
        ("/organisations/{slug}/documents/{document}", format!("{base}/documents/{document}")),
        ("/organisations/{slug}/quality/evidence/{evidence}", format!("{base}/quality/evidence/{evidence}")),
        ("/my/training/completions/{completion}", format!("/my/training/completions/{completion}")),
        ("/my/skills-audit/{slug}", format!("/my/skills-audit/{}", hub.slug)),
        (
            "/my/skills-audit/{slug}/groups/{group}",
            format!("/my/skills-audit/{}/groups/{}", hub.slug, first_group(portal)),
        ),
        ("/invitations/{token}", invited),
        ("/pledges/{code}", format!("/pledges/{}", pledge.code)),
    ]
}

fn pledges(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let with_crew = |name: &str| {
        let organisation = portal.approved_organisation(name).organisation;
        crew.join(portal, &organisation);
        organisation
    };
    let lapsed = with_crew("Lapsed Club");
    portal.pledge_in_force(&lapsed, &crew.signatory, &crew.lead);
    portal.lapse_pledges();
    let kept = with_crew("Pledged Club");
    portal.pledge_in_force(&kept, &crew.signatory, &crew.lead);
    let written = with_crew("Writing Club");
    portal.written_pledge(&written, &crew.lead);
    let half = with_crew("Half-signed Club");
    let pledge = portal.written_pledge(&half, &crew.lead);
    portal.sign(&half, &pledge, &crew.lead, Capacity::Delivery);
    let charter = portal.read(CharterVersion::in_force);
    let statement = portal.read(|conn| charter.statements(conn)).remove(0).id;
    let of = |organisation: &Organisation, part: &str| format!("/organisations/{}/pledge/{part}", organisation.slug);
    vec![
        ("/charter/{version}", format!("/charter/{}", charter.number)),
        ("/charter/{version}/charter.pdf", format!("/charter/{}/charter.pdf", charter.number)),
        ("/badges/{name}", "/badges/PL-NOTHING.svg".to_owned()),
        ("/organisations/{slug}/pledge/statements/{statement}", of(&written, &format!("statements/{statement}"))),
        ("/organisations/{slug}/pledge/signature", of(&written, "signature")),
        ("/organisations/{slug}/pledge/signature/request", of(&half, "signature/request")),
        ("/pledge-signatures/{token}", "/pledge-signatures/0123456789abcdef0123456789abcdef".to_owned()),
        ("/organisations/{slug}/pledge/progress/{statement}", of(&kept, &format!("progress/{statement}"))),
        ("/organisations/{slug}/pledge/progress", of(&kept, "progress")),
        ("/organisations/{slug}/pledge/progress/showing", of(&kept, "progress/showing")),
        ("/organisations/{slug}/pledge/check", of(&kept, "check")),
        ("/organisations/{slug}/pledge/in-force", of(&kept, "in-force")),
        ("/organisations/{slug}/pledge/certificate.pdf", of(&kept, "certificate.pdf")),
        ("/organisations/{slug}/pledge/reopening", of(&half, "reopening")),
        ("/organisations/{slug}/pledge/renewal", of(&lapsed, "renewal")),
    ]
}

/// Someone asks to take an organisation over; the crew belongs to it.
fn rescues(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let asked = portal.approved_organisation("Asked Club").organisation;
    crew.join(portal, &asked);
    let id = portal.asked_to_take_over(&asked, &crew.practitioner).id;
    let letters = portal.letters_to(crew.lead.email());
    let asked_for = letters.iter().find(|letter| letter.subject.contains("asks to take over"));
    let link = asked_for.expect("the lead is asked").link();
    let free = portal.approved_organisation("Free Club").organisation;
    crew.join(portal, &free);
    vec![
        ("/take-over/{slug}", format!("/take-over/{}", free.slug)),
        ("/take-over/{slug}/withdrawal", format!("/take-over/{}/withdrawal", asked.slug)),
        ("/take-over/{slug}/objection", format!("/take-over/{}/objection", asked.slug)),
        ("/objections/{token}", link),
        ("/vrp/rescues/{rescue}", format!("/vrp/rescues/{id}")),
    ]
}

/// An organisation with a change that waits, one that closes itself, and one that the VRP closes.
fn standings(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let with_crew = |name: &str| {
        let organisation = portal.approved_organisation(name).organisation;
        crew.join(portal, &organisation);
        organisation
    };
    let changing = with_crew("Changing Club");
    let lead = crew.lead.account().id;
    portal.act_as(&crew.lead, |act| {
        let seen = WorkingProfile::of(act.conn, changing.clone())?.mark_of(Question::Stage);
        changing.change_answer(act, lead, Answer::Stage(Stage::Settled), &seen)
    });
    with_crew("Closing Club");
    portal.approved_organisation("Failing Club");
    vec![
        ("/organisations/{slug}/profile/changes", "/organisations/changing-club/profile/changes".to_owned()),
        ("/organisations/{slug}/profile/publication", "/organisations/changing-club/profile/publication".to_owned()),
        (
            "/organisations/{slug}/profile/changes/{question}",
            "/organisations/changing-club/profile/changes/stage".to_owned(),
        ),
        ("/organisations/{slug}/closing", "/organisations/closing-club/closing".to_owned()),
        ("/vrp/organisations/{slug}", "/vrp/organisations/the-hub".to_owned()),
        ("/vrp/organisations/{slug}/standing/{step}", "/vrp/organisations/failing-club/standing/closure".to_owned()),
    ]
}

impl Crew {
    fn join(&self, portal: &RunningPortal, organisation: &Organisation) {
        for (person, role, engagement) in [
            (&self.lead, MembershipRole::Lead, Engagement::Paid),
            (&self.signatory, MembershipRole::Signatory, Engagement::Trustee),
            (&self.practitioner, MembershipRole::Practitioner, Engagement::Volunteer),
            (&self.viewer, MembershipRole::Viewer, Engagement::Volunteer),
        ] {
            portal.enrol(person, organisation, role, engagement);
        }
    }
}

/// A passkey as their device makes it. The portal has no name here, so it is not made by its pages.
fn passkey_of(portal: &RunningPortal, person: &Person) -> String {
    let site = "https://charter.example.org";
    let there = RelyingParty::at(site).expect("a name and HTTPS");
    let asked = there.ask_for_new(person.account(), Vec::new()).expect("a question");
    let answer = Device::before(site).make(&serde_json::from_str(&asked.options).expect("JSON"));
    let answer = serde_json::from_value(answer).expect("an answer");
    let made = there.check_new(&answer, &asked.state).expect("checked").expect("a right answer");
    let name = Line::parse("My phone").expect("a name");
    let added = portal.act_as(person, |act| add_passkey(act, person.account(), &name, &made));
    format!("/my/account/passkeys/{}", added.expect("the first").id)
}

fn open_invitation(portal: &RunningPortal, organisation: &Organisation) -> (String, String) {
    let email = EmailAddress::parse("ivy@example.org").expect("an address");
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    let new = NewInvitation { name: "Ivy".to_owned(), email, position };
    portal.try_act(Actor::portal(), |act| invite(act, organisation, &new)).expect("an invitation").expect("the first");
    let open = portal.read(|conn| Invitation::open_in(conn, organisation.id)).remove(0);
    (open.id.to_string(), portal.letter_to("ivy@example.org").link())
}

/// Someone on an organisation's record without an account.
fn on_record_of(portal: &RunningPortal, organisation: &Organisation, page: &str) -> String {
    let position = Position { role: MembershipRole::Viewer, engagement: Engagement::Volunteer, accountable: false };
    let member = portal.act(|act| add_without_account(act, organisation.id, "Bev Clarke", position));
    format!("/organisations/{}/people/{}/{page}", organisation.slug, member.person.id)
}

fn first_evidence(portal: &RunningPortal, assessment: &Assessment) -> String {
    portal.read(|conn| Evidence::all_of(conn, assessment.id)).remove(0).0.id.to_string()
}

fn first_indicator(portal: &RunningPortal) -> String {
    portal.read(Framework::in_force).indicators.remove(0).id.to_string()
}

fn first_group(portal: &RunningPortal) -> String {
    portal.read(Instrument::load).groups.remove(0).id.to_string()
}

/// Every route of the portal.
pub fn all_routes() -> BTreeSet<RouteEntry> {
    let mut entries = Vec::new();
    actix_web::App::new().configure(|config| entries = routes(config));
    let count = entries.len();
    let routes: BTreeSet<_> = entries.into_iter().collect();
    assert_eq!(routes.len(), count, "a route is there twice");
    routes
}
