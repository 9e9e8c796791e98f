//! Which tables may stand in one query. Diesel would let every table stand with every other, at the cost of some ten
//! implementations for each two: with more than a hundred tables that is most of the time it takes to compile.
//! Where a query of two tables does not compile (`TableNotEqual`), the later one is added to the line of the earlier.

use super::schema::*;

macro_rules! together {
    ($($table:ident => $($other:ident)+;)+) => {
        $($(diesel::allow_tables_to_appear_in_same_query!($table, $other);)+)+
    };
}

together! {
    account_links =>
        account_roles account_sessions accounts authenticators invitations organisations outbox_messages people
        recovery_codes rescues;
    account_roles =>
        account_sessions accounts authenticators recovery_codes work_accounts;
    account_sessions =>
        accounts audit_entries authenticators invitations lead_nudges memberships organisations people
        recovery_codes rescue_contacts;
    accounts =>
        answer_comments assessment_answers assessment_evidence assessments audit_entries audit_heads authenticators
        charter_interests charter_invitations charter_statements charter_versions commitment_notes documents framework_files
        framework_versions group_letter_recipients group_letters import_parts import_rows imports invitations
        lead_nudges memberships notice_choices offline_uploads organisation_districts organisations outbox_messages people
        planned_actions pledge_checks pledge_commitments pledge_leaves pledge_signatures pledges profile_changes
        recovery_codes rescue_contacts rescues reviews signature_requests skills_entries skills_notices skills_responses
        skills_round_plans standing_changes training_completions training_notices training_provider_people
        training_rule_changes training_rule_effects training_rule_organisations training_sessions voice_escalations
        voice_rounds work_accounts;
    activities =>
        districts organisation_access organisation_activities organisation_days organisation_districts
        organisation_languages organisations;
    affiliations =>
        endorsements memberships organisation_districts organisations pledges training_completions umbrellas;
    answer_comments =>
        assessments memberships organisations people;
    assessment_answers =>
        assessment_change_requests assessment_evidence assessments files framework_indicators framework_publications
        framework_versions memberships organisations;
    assessment_change_requests =>
        assessment_evidence assessments files framework_indicators organisations;
    assessment_copies =>
        assessments organisations;
    assessment_evidence =>
        assessments documents files framework_indicators organisations training_completions;
    assessment_signatures =>
        assessments organisations;
    assessments =>
        endorsements files framework_indicators framework_publications framework_versions memberships organisations
        record_verdicts review_decisions review_findings reviews;
    audit_entries =>
        audit_heads authenticators invitations lead_nudges memberships organisation_activities organisation_days
        organisation_districts organisations outbox_messages people rescue_contacts;
    authenticators =>
        invitations recovery_codes rescue_contacts;
    charter_censuses =>
        charter_funnel charter_interests charter_steps organisation_districts organisations pledge_signatures
        pledges training_bookings training_sessions;
    charter_funnel =>
        charter_interests charter_steps organisation_districts organisations pledge_signatures pledges
        training_bookings training_sessions;
    charter_interests =>
        charter_invitations charter_steps organisation_districts organisations pledge_leaves pledge_signatures
        pledges training_bookings training_providers training_sessions;
    charter_invitations =>
        organisations pledge_leaves training_bookings training_providers training_sessions;
    charter_statements =>
        charter_versions commitment_notes files pledge_checks pledge_commitments pledge_signatures pledges
        signature_requests;
    charter_steps =>
        organisation_districts organisations pledge_signatures pledges training_bookings training_sessions;
    charter_versions =>
        commitment_notes organisations pledge_checks pledge_commitments pledge_signatures pledges sign_again_notices
        signature_requests;
    commitment_notes =>
        organisations pledge_checks pledge_commitments pledge_signatures pledges signature_requests;
    districts =>
        organisation_access organisation_activities organisation_days organisation_districts organisation_languages
        organisations training_sessions;
    documents =>
        files organisations skills_entries skills_rounds training_completions;
    endorsement_steps =>
        endorsements organisations;
    endorsements =>
        good_practices learning_conversations memberships number_series organisation_activities organisation_days organisation_districts organisations
        pledges review_decisions review_findings reviews training_completions;
    files =>
        framework_indicators memberships organisations people training_completions training_modules training_plans;
    framework_areas =>
        framework_indicators framework_standards framework_terms framework_versions;
    framework_files =>
        framework_versions;
    framework_indicators =>
        framework_publications framework_standards framework_terms framework_versions memberships organisations
        record_verdicts;
    framework_publications =>
        framework_versions memberships;
    framework_standards =>
        framework_terms framework_versions;
    framework_terms =>
        framework_versions;
    framework_versions =>
        memberships;
    good_practices =>
        memberships organisation_districts organisations;
    group_letter_recipients =>
        group_letters organisations outbox_messages;
    group_letters =>
        outbox_messages;
    import_parts =>
        import_rows imports organisations;
    import_rows =>
        imports;
    imports =>
        organisations training_completions;
    invitations =>
        lead_nudges memberships organisation_activities organisation_days organisation_districts organisations
        outbox_messages people rescue_contacts rescues;
    lead_nudges =>
        memberships organisation_activities organisation_days organisation_districts organisations people;
    learning_conversations =>
        organisations;
    memberships =>
        notice_choices organisation_activities organisation_days organisation_districts organisations people
        pledge_signatures pledges profile_changes rescue_contacts rescues review_decisions sector_modules
        sector_people skills_answers skills_asked skills_barriers skills_counts skills_entries skills_notices
        skills_organisation_counts skills_responses skills_rounds skills_shown_answers standing_changes
        training_bookings training_completions training_equivalents training_modules training_pictures
        training_plans training_providers training_sessions;
    notice_choices =>
        organisations people training_completions training_modules training_notices training_pictures;
    offline_uploads =>
        organisations;
    organisation_access =>
        organisation_activities organisation_days organisation_districts organisation_languages organisations;
    organisation_activities =>
        organisation_days organisation_districts organisation_languages organisations pledges;
    organisation_days =>
        organisation_districts organisation_languages organisations pledges;
    organisation_districts =>
        organisation_languages organisations people pledge_signatures pledges register_counts register_places
        register_waiting register_words sector_modules sector_newcomers sector_organisations sector_people
        skills_answers skills_barriers skills_counts skills_entries skills_notices skills_organisation_counts
        skills_responses skills_round_districts skills_rounds skills_shown_answers training_bookings
        training_completions training_sessions;
    organisation_identifiers =>
        organisations;
    organisation_languages =>
        organisations;
    organisations =>
        outbox_messages people planned_actions pledge_checks pledge_leaves pledge_notices pledge_signatures pledges profile_changes
        record_verdicts register_counts register_places register_waiting register_words rescue_contacts rescues
        review_appeals review_decisions review_findings review_interests reviews sector_modules sector_newcomers sector_organisations sector_people
        sign_again_notices signature_requests skills skills_answers skills_barriers skills_entries skills_held
        skills_instruments skills_links skills_notices skills_responses skills_round_plans skills_rounds
        skills_shown_answers skills_words standing_changes training_bookings training_completions
        training_equivalents training_pictures training_providers training_sessions umbrellas voice_escalations
        voice_rounds;
    outbox_messages =>
        people rescues;
    passkey_questions =>
        passkeys;
    people =>
        pledge_signatures pledges profile_changes rescue_contacts rescues sector_modules sector_people
        skills_answers skills_asked skills_barriers skills_entries skills_links skills_notices skills_responses
        skills_shown_answers standing_changes training_bookings training_completions training_modules
        training_notices training_pictures training_plans training_provider_people training_providers
        training_record_links training_sessions;
    pledge_checks =>
        pledge_commitments pledge_signatures pledges signature_requests;
    pledge_commitments =>
        pledge_signatures pledges signature_requests;
    pledge_leaves =>
        training_sessions;
    pledge_notices =>
        pledges;
    pledge_signatures =>
        pledges signature_requests training_bookings training_sessions;
    pledges =>
        register_counts register_places register_waiting register_words sign_again_notices signature_requests
        training_bookings training_completions training_sessions;
    profile_changes =>
        standing_changes;
    register_counts =>
        register_places register_waiting register_words;
    register_places =>
        register_waiting register_words;
    register_waiting =>
        register_words;
    rescue_contacts =>
        rescues;
    review_decisions =>
        review_findings reviews;
    review_handovers =>
        assessments organisations reviews;
    review_findings =>
        reviews;
    sector_censuses =>
        sector_modules sector_newcomers sector_organisations sector_people sector_sessions;
    sector_modules =>
        sector_newcomers sector_organisations sector_people sector_sessions training_completions;
    sector_newcomers =>
        sector_organisations sector_people sector_sessions training_bookings;
    sector_organisations =>
        sector_people sector_sessions training_bookings;
    sector_people =>
        sector_sessions training_completions;
    sector_sessions =>
        training_bookings training_feedback training_providers training_sessions;
    skill_confidences =>
        skill_groups skills skills_asked skills_instruments skills_open_questions training_modules;
    skill_groups =>
        skills skills_asked skills_instruments skills_open_questions training_modules;
    skills =>
        skills_answers skills_asked skills_barriers skills_held skills_instruments skills_links
        skills_open_questions skills_responses skills_round_plans skills_rounds skills_shown_answers skills_words
        training_modules;
    skills_answers =>
        skills_asked skills_barriers skills_counts skills_entries skills_held skills_instruments skills_links
        skills_notices skills_organisation_counts skills_responses skills_round_plans skills_rounds
        skills_shown_answers skills_words;
    skills_asked =>
        skills_barriers skills_held skills_instruments skills_open_questions skills_responses skills_rounds
        skills_words training_modules;
    skills_barriers =>
        skills_counts skills_entries skills_held skills_instruments skills_links skills_notices
        skills_organisation_counts skills_responses skills_round_plans skills_rounds skills_shown_answers
        skills_words;
    skills_counts =>
        skills_entries skills_held skills_organisation_counts skills_responses skills_rounds skills_words;
    skills_entries =>
        skills_held skills_notices skills_organisation_counts skills_responses skills_round_districts skills_rounds
        skills_shown_answers skills_words;
    skills_held =>
        skills_instruments skills_links skills_notices skills_organisation_counts skills_responses
        skills_round_plans skills_rounds skills_shown_answers skills_words training_modules;
    skills_instruments =>
        skills_links skills_open_questions skills_responses skills_round_plans skills_rounds skills_shown_answers
        skills_words training_modules;
    skills_links =>
        skills_responses skills_round_plans skills_rounds skills_shown_answers skills_words;
    skills_notices =>
        skills_responses skills_shown_answers skills_words;
    skills_open_questions =>
        training_modules;
    skills_organisation_counts =>
        skills_responses skills_rounds skills_words;
    skills_responses =>
        skills_round_plans skills_rounds skills_shown_answers skills_words;
    skills_round_districts =>
        skills_rounds;
    skills_round_plans =>
        skills_rounds skills_shown_answers skills_words;
    skills_rounds =>
        skills_shown_answers skills_words;
    skills_shown_answers =>
        skills_words;
    training_bookings =>
        training_feedback training_feedback_given training_providers training_sessions;
    training_completions =>
        training_equivalents training_modules training_notices training_plans;
    training_equivalents =>
        training_modules;
    training_feedback =>
        training_feedback_given training_sessions;
    training_modules =>
        training_notices training_plans training_record_link_modules training_rule_changes training_sessions;
    training_provider_people =>
        training_providers;
    training_providers =>
        training_sessions;
    training_record_link_modules =>
        training_record_links;
    training_rule_changes =>
        training_rule_effects training_rule_organisations;
    training_rule_effects =>
        training_rule_organisations;
    umbrella_copies =>
        umbrella_figures umbrella_tables;
    umbrella_figures =>
        umbrella_tables;
    voice_ages =>
        voice_rounds voice_slips voice_tallies;
    voice_asked =>
        voice_questions voice_rounds;
    voice_escalations =>
        voice_rounds voice_words;
    voice_replies =>
        voice_rounds voice_words;
    voice_rounds =>
        voice_slips voice_tallies voice_words;
    voice_slips =>
        voice_tallies voice_words;
    voice_tallies =>
        voice_words;
}
