//! Fixtures: how far an organisation has come in the programme, by the same verbs that the pages use.

use chrono::Duration;
use tempfile::NamedTempFile;
use youth_charter::accounts::Account;
use youth_charter::acts::Act;
use youth_charter::audit::Actor;
use youth_charter::charter::{Capacity, NewSignature, Pledge, PledgeInFull, lapse_due};
use youth_charter::documents::{Document, NewDocument, add_document};
use youth_charter::error::{Error, Result};
use youth_charter::files::{KeptFile, accept_file};
use youth_charter::ids::{AccountId, AssessmentId, OrganisationId};
use youth_charter::organisations::Organisation;
use youth_charter::quality::{
    Assessment, Judgement, Said, Sheet, Signed, StoredCopy, add_evidence, save_answer, who_may_countersign,
};
use youth_charter::review::{Desk, Endorsement, Finding, Independence, NewFinding, Outcome, Review};

use super::person::Person;
use super::portal::RunningPortal;
use super::root;

/// The bytes of a very small PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// A file of its own, kept as if someone had sent it.
pub fn a_pdf(act: &Act<'_>, name: &str) -> KeptFile {
    let file = NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), [PDF, name.as_bytes()].concat()).expect("a temporary file takes bytes");
    let checked = accept_file(file.into_temp_path(), name).expect("a PDF is taken");
    act.files.keep_now(checked).expect("the folder takes files")
}

/// A picture, kept as if someone had sent it.
pub fn a_picture(act: &Act<'_>) -> KeptFile {
    let file = NamedTempFile::new().expect("a temporary file");
    let bytes = std::fs::read(root().join("tests/it/fixtures/talking.png")).expect("it is there");
    std::fs::write(file.path(), bytes).expect("a temporary file takes bytes");
    let checked = accept_file(file.into_temp_path(), "talking.png").expect("a picture is taken");
    act.files.keep_now(checked).expect("the folder takes files")
}

/// A document of an organisation's, without dates.
pub fn a_document(act: &mut Act<'_>, organisation: OrganisationId, by: AccountId, title: &str) -> Result<Document> {
    let kept = a_pdf(act, &format!("{title}.pdf"));
    let said = NewDocument { title: title.to_owned(), effective_on: None, review_by: None, address: None };
    add_document(act, organisation, by, said, kept)
}

impl RunningPortal {
    /// A pledge with every commitment written, still to be signed.
    pub fn written_pledge(&self, organisation: &Organisation, by: &Person) -> Pledge {
        self.act_as(by, |act| {
            let pledge = Pledge::begin(act, organisation.id)?;
            let statements = PledgeInFull::of(act.conn, pledge.clone())?.promises;
            for promise in statements {
                pledge.write_commitment(act, &promise.statement.id, "We ask young people every term.")?;
            }
            Ok(pledge)
        })
    }

    /// Signs a pledge in one capacity.
    pub fn sign(&self, organisation: &Organisation, pledge: &Pledge, by: &Person, capacity: Capacity) {
        self.act_as(by, |act| {
            let whole = PledgeInFull::of(act.conn, pledge.clone())?;
            let words_seen = whole.words_hash(&organisation.name);
            let name = act.by.name.clone();
            let (role, authority) = ("Chair".to_owned(), "I may sign for us.".to_owned());
            pledge.sign(act, organisation, NewSignature { capacity, name, role, authority, words_seen })
        });
    }

    /// A pledge in force, signed by these two.
    pub fn pledge_in_force(&self, organisation: &Organisation, governance: &Person, delivery: &Person) -> Pledge {
        let pledge = self.written_pledge(organisation, delivery);
        self.sign(organisation, &pledge, governance, Capacity::Governance);
        self.sign(organisation, &pledge, delivery, Capacity::Delivery);
        self.read(|conn| Pledge::in_force_of(conn, organisation.id)).expect("both have signed")
    }

    /// Lets every pledge in force come to its end, without moving the clock.
    pub fn lapse_pledges(&self) {
        let later = self.inside.clock.now() + Duration::days(400);
        let ended = self.inside.act_at(youth_charter::audit::Actor::portal(), later, lapse_due);
        assert!(ended.expect("pledges lapse") > 0, "no pledge was in force");
    }

    /// A draft in which every question is answered, with one file as evidence.
    pub fn answered_assessment(&self, organisation: &Organisation, by: &Person) -> Assessment {
        let account = by.account().id;
        self.act_as(by, |act| {
            let assessment = Assessment::begin(act, organisation.id)?;
            let sheet = Sheet::of(act.conn, &assessment)?;
            let indicators = sheet.gaps();
            for indicator in &indicators {
                let narrative = "We look at this every term with young people.".to_owned();
                let said = Said { judgement: Judgement::Established, narrative, edition_seen: 0 };
                save_answer(act, &sheet, indicator, account, &said)?;
            }
            let plan = a_document(act, organisation.id, account, "Our plan")?;
            add_evidence(act, &assessment, &indicators[0].id, account, &plan)?;
            Ok(assessment)
        })
    }

    /// An assessment that waits for a reviewer.
    pub fn submitted_assessment(&self, organisation: &Organisation, by: &Person) -> Assessment {
        let assessment = self.answered_assessment(organisation, by);
        self.hand_in(organisation, by, &assessment);
        self.read(|conn| Assessment::find(conn, assessment.id))
    }

    /// A lead signs a self-assessment for the work, and someone else for those who govern: it is with the VRP.
    pub fn hand_in(&self, organisation: &Organisation, lead: &Person, assessment: &Assessment) {
        let able = self.read(|conn| who_may_countersign(conn, assessment, lead.account().id));
        let chair = match able.first() {
            Some(who) => self.read(|conn| Account::find(conn, who.account)),
            None => self.signatory_of(organisation).account().clone(),
        };
        let signed = self.act_as(lead, |act| assessment.sign_for_the_work(act, lead.account(), "It is right"));
        assert_eq!(signed, Signed::Sealed, "every question is answered");
        let by = Actor { account: Some(chair.id), name: chair.name.clone() };
        let sent = self.try_act(by, |act| countersign(act, assessment.id, &chair));
        sent.expect("it waits for them");
        self.letters_to(&chair.email);
    }

    /// An assessment that a reviewer has taken.
    pub fn taken_assessment(&self, organisation: &Organisation, by: &Person, reviewer: &Person) -> Assessment {
        let assessment = self.submitted_assessment(organisation, by);
        self.act_as(reviewer, |act| {
            let free = Independence::establish(act.conn, reviewer.account().id, &assessment, act.at)?;
            Review::take(act, &assessment, free)
        });
        self.read(|conn| Assessment::find(conn, assessment.id))
    }

    /// An assessment that the reviewer recommends as established.
    pub fn recommended_assessment(&self, organisation: &Organisation, by: &Person, reviewer: &Person) -> Assessment {
        let assessment = self.taken_assessment(organisation, by, reviewer);
        self.act_as(reviewer, |act| {
            let free = Independence::establish(act.conn, reviewer.account().id, &assessment, act.at)?;
            let review = review_of(act, &assessment)?;
            let desk = Desk::lay_out(act.conn, &assessment, Some(&review))?;
            let wanting: Vec<_> = desk.wanting().into_iter().map(|indicator| indicator.id.clone()).collect();
            for id in &wanting {
                review.record_finding(act, free, id, &NewFinding::new(Finding::Agreed, ""))?;
            }
            review.recommend(act, free, Outcome::Established, "Everything is in place.")
        })
        .expect("every question has its finding");
        self.read(|conn| Assessment::find(conn, assessment.id))
    }

    /// An organisation endorsed as established.
    pub fn endorsement(
        &self,
        organisation: &Organisation,
        by: &Person,
        reviewer: &Person,
        decider: &Person,
    ) -> Endorsement {
        let assessment = self.recommended_assessment(organisation, by, reviewer);
        let decided = self.act_as(decider, |act| {
            let free = Independence::establish(act.conn, decider.account().id, &assessment, act.at)?;
            review_of(act, &assessment)?.decide(act, free, Outcome::Established, "We agree with the reviewer.")
        });
        decided.expect("a level was decided")
    }
}

fn review_of(act: &mut Act<'_>, assessment: &Assessment) -> Result<Review> {
    Ok(Review::of_assessment(act.conn, assessment.id)?.expect("a reviewer has taken it"))
}

/// Signs for those who govern, whatever waits for it.
pub fn countersign(act: &mut Act<'_>, assessment: AssessmentId, by: &Account) -> Result<()> {
    let sealed = Assessment::find(act.conn, assessment)?;
    let copy = StoredCopy::find(act.conn, assessment, sealed.sealed_copy().ok_or(Error::Conflict)?)?;
    sealed.sign_for_governance(act, by, &copy.sha256, "It is right")
}
