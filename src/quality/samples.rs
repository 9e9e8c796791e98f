//! Each page of the self-assessment with made-up content, for the test that draws each.

use super::*;
use crate::files::{FileState, StoredFile};
use crate::good_practice::NearPractice;
use crate::ids::{AccountId, AssessmentId, CommentId, DocumentId, EvidenceId, FileId, OrganisationId};
use crate::live_records::RecordView;
use crate::voice::SaidAbout;
use crate::web::{Filled, Sample, sample};

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    use indicator_pages::{AnswerPage, IndicatorPage};
    use pages::{AssessmentPage, StartPage};
    use stale_pages::{StalePage, UnaskedPage};
    use submission_page::SubmissionPage;

    let home = pages::Home { name: "The Hub", slug: "the-hub" };
    let draft = made_up_sheet(AssessmentState::Draft);
    let asked = made_up_sheet(AssessmentState::ChangesRequested);
    let submitted = made_up_sheet(AssessmentState::Submitted);
    let renewed = under_a_new_framework(made_up_sheet(AssessmentState::Draft));
    let concluded = made_up_sheet(AssessmentState::NotYet).assessment;
    let first = &draft.framework.indicators[0];
    let stored = draft.answers[&first.id].clone();
    let form = forms::AnswerForm::filled_from(Some(&stored));
    let nothing_chosen =
        Filled::blank(forms::AnswerForm::FIELDS).with_problem("judgement", "Select what describes you");
    let no_file = Filled::blank(forms::EvidenceForm::FIELDS).with_problem("document", "Select a file");
    let no_words = Filled::blank(forms::CommentForm::FIELDS).with_problem("words", "Enter what you want to say");
    let declaration = Filled::blank(forms::SubmissionForm::FIELDS);
    let documents = vec![(DocumentId::new(), "Safeguarding policy".to_owned())];
    let mut records = RecordView::samples();
    let desk = |record| made_up_beside(documents.clone(), record);
    let nothing_said = Filled::blank(forms::RecordForm::FIELDS).with_problem("reason", "Enter why not");
    let mut page =
        || IndicatorPage::new(&home, &asked, first, &desk(records.pop())).expect("an indicator has its place");
    let answer = AnswerPage::new(&home, &submitted, first, &desk(None)).expect("an indicator has its place");
    vec![
        sample(&StartPage::new(&home, &draft.framework, None, true)),
        sample(&StartPage::new(&home, &draft.framework, Some(&concluded), false)),
        sample(&AssessmentPage::new(&home, &draft, true)),
        sample(&AssessmentPage::new(&home, &asked, true)),
        sample(&AssessmentPage::new(&home, &submitted, false)),
        sample(&page().with_answer(form.clone())),
        sample(&page().with_answer(nothing_chosen)),
        sample(&page().with_answer(form.clone()).with_record(nothing_said)),
        sample(&page().with_answer(form.clone()).with_evidence(no_file)),
        sample(&answer),
        sample(&AssessmentPage::new(&home, &renewed, true)),
        sample(&IndicatorPage::new(&home, &renewed, first, &desk(None)).expect("an indicator has its place")),
        sample(&UnaskedPage::new(&home, first, forms::AnswerForm::filled_from(None))),
        sample(&UnaskedPage::new(&home, first, form.clone())),
        sample(&StalePage::new(&home, &draft, first, &stored, "Rob Ward".into(), form.clone())),
        sample(&SubmissionPage::new(&home, &draft, declaration.clone(), Default::default())),
        sample(&SubmissionPage::new(&home, &asked, declaration, Default::default())),
        sample(&made_up_seal_on(AssessmentPage::new(&home, &draft, true), &home, &draft)),
        sample(&signing_part::CountersignPage::new(
            &home,
            &draft,
            &made_up_seal(&draft),
            Filled::blank(forms::SubmissionForm::FIELDS),
        )),
        sample(&page().with_answer(form.clone()).with_comment(no_words.clone())),
        sample(
            &AnswerPage::new(&home, &submitted, first, &desk(None)).expect("it has its place").with_comment(no_words),
        ),
    ]
    .into_iter()
    .chain(plan::samples())
    .collect()
}

/// Signed for the work, by nobody there is.
fn made_up_seal(sheet: &Sheet) -> signing_part::Sealed {
    let copy = FrozenCopy::of(sheet);
    let first = AssessmentSignature {
        assessment_id: sheet.assessment.id,
        copy_number: 1,
        capacity: crate::charter::Capacity::Delivery,
        account_id: AccountId::new(),
        name: "Rob Ward".into(),
        statement: submission_page::DECLARATION.into(),
        signed_at: Default::default(),
        leave_id: None,
    };
    signing_part::Sealed {
        copy: StoredCopy::made_up(copy.fingerprint().unwrap_or_default()),
        others: vec![(AccountId::new(), "Ruth Chair".into())],
        first,
    }
}

fn made_up_seal_on(page: pages::AssessmentPage, home: &pages::Home<'_>, sheet: &Sheet) -> pages::AssessmentPage {
    let sealed = made_up_seal(sheet);
    let chair = sealed.others[0].0;
    page.with_seal(Some(signing_part::SealedPart::new(home, &sealed, chair, true)))
}

fn made_up_beside(documents: Vec<(DocumentId, String)>, record: Option<RecordView>) -> beside::Beside {
    let account = AccountId::new();
    let comment = Comment {
        id: CommentId::new(),
        assessment_id: AssessmentId::new(),
        indicator_id: "welcome".into(),
        written_by: account,
        written_at: Default::default(),
        words: "Mei knows how the rota works.".into(),
    };
    beside::Beside {
        looker: beside::Looker {
            organisation: OrganisationId::new(),
            account,
            may_change: true,
            today: Default::default(),
        },
        documents,
        about: Default::default(),
        keeper: Some("Ben Ward".into()),
        said: Some(SaidAbout::made_up()),
        record,
        comments: vec![(comment, "Rob Ward".into())],
        near: vec![NearPractice::made_up()],
    }
}

/// The first question asks for something else and was split from the second, which is asked no more.
fn under_a_new_framework(mut sheet: Sheet) -> Sheet {
    let retired = sheet.framework.indicators.remove(1);
    let first = &mut sheet.framework.indicators[0];
    first.comes_from = Some(retired.id.clone());
    if let Some(answer) = sheet.answers.get_mut(&first.id) {
        answer.asked_anew = true;
    }
    sheet.retired = vec![retired];
    sheet
}

/// An assessment whose first questions are answered, unless it is past the draft: then all are.
fn made_up_sheet(state: AssessmentState) -> Sheet {
    let framework = Framework::written_in_content(Default::default()).expect("the content holds a framework");
    let (assessment_id, account, at) = (AssessmentId::new(), AccountId::new(), Default::default());
    let said = if state == AssessmentState::Draft { 5 } else { framework.indicators.len() };
    let answer = |indicator: &Indicator| Answer {
        assessment_id,
        indicator_id: indicator.id.clone(),
        judgement: Judgement::Established,
        narrative: "We greet everyone at the door.\nYoung helpers show new people round.".into(),
        edition: 1,
        answered_by: account,
        answered_at: at,
        kept_by: Some(account),
        asked_anew: false,
    };
    let first = framework.indicators[0].id.clone();
    let evidence = Evidence {
        id: EvidenceId::new(),
        assessment_id,
        indicator_id: first.clone(),
        file_id: FileId::new(),
        title: "Welcome checklist".into(),
        effective_on: None,
        added_by: account,
        added_at: at,
        address: None,
    };
    let mut file = StoredFile::made_up("welcome.pdf", FileState::Ready);
    file.id = evidence.file_id;
    let request = ChangeRequest {
        assessment_id,
        indicator_id: first,
        asked_at: at,
        reason: "Please tell us how young helpers are prepared.".into(),
        state: ChangeState::Answered,
    };
    Sheet {
        assessment: Assessment {
            id: assessment_id,
            organisation_id: OrganisationId::new(),
            framework_version_id: framework.version.id,
            state,
            started_at: at,
            submitted_at: (state != AssessmentState::Draft).then_some(at),
            submitted_by: None,
            decided_at: None,
            reviewer_gone: false,
            sealed_copy: None,
            away_since: None,
            days_away: 0,
        },
        retired: Vec::new(),
        answers: framework.indicators.iter().take(said).map(|i| (i.id.clone(), answer(i))).collect(),
        evidence: vec![(evidence, file)],
        records: Default::default(),
        actions: Default::default(),
        requests: if state == AssessmentState::ChangesRequested { vec![request] } else { Vec::new() },
        profile: Profile { paid_staff: true, volunteers: true },
        framework,
    }
}
