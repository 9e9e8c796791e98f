//! The tables, as the migrations leave them. One file for both databases; checked against them by a test.
#![allow(missing_docs)]

diesel::table! {
    audit_entries (sequence) {
        sequence -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<Text>,
        actor_name -> Text,
        verb -> Text,
        subject -> Text,
        organisation_id -> Nullable<Text>,
        details -> Text,
        previous_hash -> Text,
        hash -> Text,
        form -> Integer,
        name_salt -> Nullable<Text>,
        name_digest -> Nullable<Text>,
    }
}

diesel::table! {
    audit_heads (id) {
        id -> Integer,
        sequence -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    outbox_messages (id) {
        id -> Text,
        recipient -> Text,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        unsubscribe -> Nullable<Text>,
        is_last -> Bool,
    }
}

diesel::table! {
    files (id) {
        id -> Text,
        name -> Text,
        media_type -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        uploaded_at -> Timestamp,
        state -> Text,
        uploaded_by -> Nullable<Text>,
        check_at -> Nullable<Timestamp>,
        finding -> Nullable<Text>,
    }
}

diesel::table! {
    number_series (name) {
        name -> Text,
        last_number -> Integer,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        state -> Text,
        created_at -> Timestamp,
        signed_in_at -> Nullable<Timestamp>,
        idle_warned_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    account_roles (account_id, role) {
        account_id -> Text,
        role -> Text,
        granted_at -> Timestamp,
    }
}

diesel::table! {
    account_sessions (token_hash) {
        token_hash -> Text,
        account_id -> Text,
        device -> Text,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
        strength -> Text,
        proved_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    authenticators (account_id) {
        account_id -> Text,
        sealed_secret -> Text,
        state -> Text,
        last_step -> BigInt,
        wrong_codes -> Integer,
        wait_until -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    recovery_codes (code_hash) {
        code_hash -> Text,
        account_id -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    account_links (token_hash) {
        token_hash -> Text,
        account_id -> Nullable<Text>,
        purpose -> Text,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        carries -> Nullable<Text>,
    }
}

diesel::table! {
    districts (code) {
        code -> Text,
        name -> Text,
        county -> Text,
    }
}

diesel::table! {
    activities (id) {
        id -> Text,
        name -> Text,
    }
}

diesel::table! {
    organisations (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        search -> Text,
        state -> Text,
        legal_form -> Nullable<Text>,
        has_no_number -> Bool,
        description -> Nullable<Text>,
        min_age -> Nullable<Integer>,
        max_age -> Nullable<Integer>,
        postcode -> Nullable<Text>,
        safeguarding_lead_name -> Nullable<Text>,
        safeguarding_lead_email -> Nullable<Text>,
        stage -> Nullable<Text>,
        request_for_more -> Nullable<Text>,
        created_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        approved_at -> Nullable<Timestamp>,
        website -> Nullable<Text>,
        public_email -> Nullable<Text>,
        phone -> Nullable<Text>,
        access_note -> Nullable<Text>,
        standing -> Text,
        standing_since -> Nullable<Timestamp>,
    }
}

diesel::table! {
    organisation_identifiers (organisation_id, scheme) {
        organisation_id -> Text,
        scheme -> Text,
        number -> Text,
        claimed -> Bool,
    }
}

diesel::table! {
    organisation_languages (organisation_id, language) {
        organisation_id -> Text,
        language -> Text,
    }
}

diesel::table! {
    organisation_access (organisation_id, feature) {
        organisation_id -> Text,
        feature -> Text,
    }
}

diesel::table! {
    profile_changes (organisation_id, question) {
        organisation_id -> Text,
        question -> Text,
        answer -> Text,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    standing_changes (id) {
        id -> Text,
        organisation_id -> Text,
        was -> Text,
        became -> Text,
        reason -> Text,
        changed_by -> Text,
        changed_as -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    organisation_districts (organisation_id, district_code) {
        organisation_id -> Text,
        district_code -> Text,
    }
}

diesel::table! {
    organisation_activities (organisation_id, activity_id) {
        organisation_id -> Text,
        activity_id -> Text,
    }
}

diesel::table! {
    organisation_days (organisation_id, day) {
        organisation_id -> Text,
        day -> Text,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        account_id -> Nullable<Text>,
        name -> Text,
        created_at -> Timestamp,
        gone_since -> Nullable<Timestamp>,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        role -> Text,
        engagement -> Text,
        accountable -> Bool,
        state -> Text,
        joined_at -> Timestamp,
        left_at -> Nullable<Timestamp>,
        training_shared -> Text,
        import_id -> Nullable<Text>,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        organisation_id -> Text,
        email -> Text,
        name -> Text,
        role -> Text,
        engagement -> Text,
        accountable -> Bool,
        token_hash -> Text,
        state -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        person_id -> Nullable<Text>,
        invited_by -> Nullable<Text>,
    }
}

diesel::table! {
    training_modules (id) {
        id -> Text,
        position -> Integer,
        title -> Text,
        short_title -> Text,
        pathway -> Text,
        summary -> Text,
        minimum_content -> Text,
        refresh_months -> Nullable<Integer>,
        expiry_basis -> Text,
        renewal_days -> Integer,
        fixed_day -> Nullable<Text>,
        required_of -> Text,
        since_on -> Nullable<Date>,
        state -> Text,
        qualification_level -> Nullable<Integer>,
        awarding_body -> Nullable<Text>,
    }
}

diesel::table! {
    training_equivalents (id) {
        id -> Text,
        module_id -> Text,
        title -> Text,
        state -> Text,
    }
}

diesel::table! {
    training_rule_changes (id) {
        id -> Text,
        module_id -> Text,
        rules -> Text,
        rules_before -> Text,
        state -> Text,
        edition -> Integer,
        written_by -> Text,
        written_at -> Timestamp,
        tried_at -> Nullable<Timestamp>,
        reached -> Text,
        looked_at -> BigInt,
        ends_to_change -> BigInt,
        ends_changed -> BigInt,
        applied_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    training_rule_effects (change_id, effect, month) {
        change_id -> Text,
        effect -> Text,
        month -> Text,
        people -> BigInt,
    }
}

diesel::table! {
    training_rule_organisations (change_id, organisation_id) {
        change_id -> Text,
        organisation_id -> Text,
    }
}

diesel::table! {
    training_providers (id) {
        id -> Text,
        name -> Text,
        about -> Text,
        state -> Text,
        added_at -> Timestamp,
    }
}

diesel::table! {
    training_provider_people (id) {
        id -> Text,
        provider_id -> Text,
        name -> Text,
        email -> Text,
        account_id -> Nullable<Text>,
        token_hash -> Text,
        state -> Text,
        invited_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    training_sessions (id) {
        id -> Text,
        provider_id -> Text,
        subject -> Text,
        module_id -> Nullable<Text>,
        title -> Text,
        about -> Text,
        trainers -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        setting -> Text,
        place -> Text,
        postcode -> Nullable<Text>,
        district_code -> Nullable<Text>,
        online_link -> Nullable<Text>,
        access -> Text,
        price_pence -> Integer,
        bursary -> Text,
        capacity -> Integer,
        booked -> Integer,
        favoured -> Integer,
        held -> Integer,
        held_for -> Text,
        held_district -> Nullable<Text>,
        held_until -> Nullable<Timestamp>,
        state -> Text,
        edition -> Integer,
        cancelled_because -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        adult_contact -> Nullable<Text>,
    }
}

diesel::table! {
    training_bookings (id) {
        id -> Text,
        session_id -> Text,
        person_id -> Text,
        organisation_id -> Nullable<Text>,
        state -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        booked_at -> Nullable<Timestamp>,
        favoured -> Bool,
        access_needs -> Nullable<Text>,
        wants_bursary -> Bool,
        reminded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    training_feedback_given (booking_id) {
        booking_id -> Text,
    }
}

diesel::table! {
    training_feedback (id) {
        id -> Text,
        session_id -> Text,
        rating -> Integer,
        useful -> Text,
        better -> Text,
    }
}

diesel::table! {
    training_completions (id) {
        id -> Text,
        person_id -> Text,
        module_id -> Text,
        equivalent_id -> Nullable<Text>,
        completed_on -> Date,
        expires_on -> Nullable<Date>,
        provider -> Text,
        source -> Text,
        certificate_file_id -> Nullable<Text>,
        logged_by -> Text,
        logged_at -> Timestamp,
        logged_within -> Nullable<Text>,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        session_id -> Nullable<Text>,
        state -> Text,
        corrects -> Nullable<Text>,
        correction -> Nullable<Text>,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        confirmed_within -> Nullable<Text>,
        import_id -> Nullable<Text>,
    }
}

diesel::table! {
    charter_versions (id) {
        id -> Text,
        number -> Integer,
        title -> Text,
        introduction -> Text,
        sample -> Bool,
        state -> Text,
        hash -> Text,
        published_at -> Nullable<Timestamp>,
        edition -> Integer,
        begun_by -> Nullable<Text>,
        begun_at -> Nullable<Timestamp>,
        sign_again_by -> Nullable<Date>,
    }
}

diesel::table! {
    charter_statements (charter_version_id, id) {
        charter_version_id -> Text,
        id -> Text,
        position -> Integer,
        theme -> Text,
        words -> Text,
        in_practice -> Text,
        prompt -> Text,
        example -> Text,
        read_aloud -> Nullable<Text>,
        picture_file_id -> Nullable<Text>,
        picture_words -> Nullable<Text>,
    }
}

diesel::table! {
    pledges (id) {
        id -> Text,
        organisation_id -> Text,
        charter_version_id -> Text,
        charter_hash -> Text,
        code -> Text,
        state -> Text,
        started_at -> Timestamp,
        in_force_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        withdrawn_on -> Nullable<Date>,
        replaces_id -> Nullable<Text>,
        renewed_on -> Nullable<Date>,
        signed_name -> Nullable<Text>,
        words_form -> Integer,
        shows_progress -> Bool,
    }
}

diesel::table! {
    charter_censuses (id) {
        id -> Text,
        state -> Text,
        as_of -> Date,
        reached -> Text,
        taken_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    charter_steps (census_id, organisation_id) {
        census_id -> Text,
        organisation_id -> Text,
        district -> Text,
        arrived_on -> Date,
        step -> Text,
        since_on -> Date,
        furthest -> Integer,
    }
}

diesel::table! {
    charter_funnel (census_id, district, month, furthest) {
        census_id -> Text,
        district -> Text,
        month -> Date,
        furthest -> Integer,
        organisations -> BigInt,
    }
}

diesel::table! {
    group_letters (id) {
        id -> Text,
        step -> Nullable<Text>,
        district -> Nullable<Text>,
        days -> Integer,
        subject -> Text,
        words -> Text,
        written_by -> Text,
        written_at -> Timestamp,
        state -> Text,
        organisations -> BigInt,
        letters -> BigInt,
    }
}

diesel::table! {
    group_letter_recipients (letter_id, organisation_id) {
        letter_id -> Text,
        organisation_id -> Text,
        is_written -> Bool,
    }
}

diesel::table! {
    register_places (place, in_force_on, pledge_id) {
        place -> Text,
        in_force_on -> Date,
        pledge_id -> Text,
    }
}

diesel::table! {
    register_counts (place) {
        place -> Text,
        pledges -> BigInt,
    }
}

diesel::table! {
    register_words (place, word, pledge_id) {
        place -> Text,
        word -> Text,
        pledge_id -> Text,
        in_force_on -> Date,
    }
}

diesel::table! {
    register_waiting (pledge_id) {
        pledge_id -> Text,
    }
}

diesel::table! {
    pledge_commitments (pledge_id, statement_id) {
        pledge_id -> Text,
        statement_id -> Text,
        words -> Text,
        written_at -> Timestamp,
        who -> Nullable<Text>,
        by_on -> Nullable<Date>,
    }
}

diesel::table! {
    signature_requests (id) {
        id -> Text,
        pledge_id -> Text,
        capacity -> Text,
        name -> Text,
        address -> Text,
        token_hash -> Text,
        state -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    commitment_notes (id) {
        id -> Text,
        pledge_id -> Text,
        statement_id -> Text,
        stage -> Text,
        words -> Text,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    pledge_checks (pledge_id) {
        pledge_id -> Text,
        words -> Text,
        answered_by -> Text,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    pledge_notices (pledge_id, kind) {
        pledge_id -> Text,
        kind -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    pledge_signatures (pledge_id, capacity) {
        pledge_id -> Text,
        capacity -> Text,
        account_id -> Nullable<Text>,
        name -> Text,
        role -> Text,
        authority -> Text,
        signed_hash -> Text,
        signed_at -> Timestamp,
        request_id -> Nullable<Text>,
        leave_id -> Nullable<Text>,
    }
}

diesel::table! {
    sign_again_notices (pledge_id, charter_version_id, kind) {
        pledge_id -> Text,
        charter_version_id -> Text,
        kind -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    programme_values (name) {
        name -> Text,
        value -> Text,
        changed_by -> Nullable<Text>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    charter_interests (organisation_id) {
        organisation_id -> Text,
        state -> Text,
        people -> Integer,
        wish -> Text,
        expressed_by -> Text,
        expressed_at -> Timestamp,
    }
}

diesel::table! {
    charter_invitations (organisation_id, session_id) {
        organisation_id -> Text,
        session_id -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    pledge_leaves (id) {
        id -> Text,
        organisation_id -> Text,
        kind -> Text,
        reason -> Text,
        granted_by -> Text,
        granted_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    skill_groups (id) {
        id -> Text,
        position -> Integer,
        title -> Text,
        intro -> Text,
    }
}

diesel::table! {
    skills (id) {
        id -> Text,
        group_id -> Text,
        position -> Integer,
        statement -> Text,
        module_id -> Text,
        area -> Nullable<Text>,
    }
}

diesel::table! {
    skill_confidences (value) {
        value -> Integer,
        label -> Text,
        meaning -> Text,
    }
}

diesel::table! {
    skills_rounds (id) {
        id -> Text,
        title -> Text,
        state -> Text,
        opened_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        closes_on -> Nullable<Date>,
        instrument -> Integer,
        counted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    skills_round_districts (round_id, district_code) {
        round_id -> Text,
        district_code -> Text,
    }
}

diesel::table! {
    skills_round_plans (id) {
        id -> Text,
        title -> Text,
        opens_on -> Date,
        closes_on -> Nullable<Date>,
        districts -> Text,
        state -> Text,
        planned_by -> Text,
        planned_at -> Timestamp,
    }
}

diesel::table! {
    skills_entries (round_id, organisation_id) {
        round_id -> Text,
        organisation_id -> Text,
        joined_at -> Timestamp,
        roles -> Text,
        people -> Integer,
        finished -> Integer,
        stale -> Bool,
        counted_district -> Nullable<Text>,
    }
}

diesel::table! {
    skills_links (id) {
        id -> Text,
        round_id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        address -> Text,
        state -> Text,
        sent_by -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    skills_notices (round_id, organisation_id, person_id, kind) {
        round_id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        kind -> Text,
        noted_at -> Timestamp,
    }
}

diesel::table! {
    skills_instruments (number) {
        number -> Integer,
        made_at -> Timestamp,
        made_by -> Nullable<Text>,
        change -> Text,
    }
}

diesel::table! {
    skills_asked (instrument, skill_id) {
        instrument -> Integer,
        skill_id -> Text,
        group_id -> Text,
        position -> Integer,
        statement -> Text,
        module_id -> Text,
        area -> Nullable<Text>,
        standard -> Nullable<Text>,
    }
}

diesel::table! {
    skills_open_questions (instrument, id) {
        instrument -> Integer,
        id -> Text,
        position -> Integer,
        question -> Text,
    }
}

diesel::table! {
    skills_held (response_id, module_id) {
        response_id -> Text,
        module_id -> Text,
    }
}

diesel::table! {
    skills_words (response_id, question_id) {
        response_id -> Text,
        question_id -> Text,
        words -> Text,
    }
}

diesel::table! {
    skills_organisation_counts (round_id, organisation_id, role, what) {
        round_id -> Text,
        organisation_id -> Text,
        role -> Text,
        what -> Text,
        people -> BigInt,
    }
}

diesel::table! {
    skills_counts (round_id, district, role, what) {
        round_id -> Text,
        district -> Text,
        role -> Text,
        what -> Text,
        people -> BigInt,
    }
}

diesel::table! {
    training_plans (id) {
        id -> Text,
        organisation_id -> Text,
        module_id -> Text,
        state -> Text,
        reason -> Text,
        planned_by -> Text,
        planned_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    skills_responses (id) {
        id -> Text,
        round_id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        state -> Text,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        role -> Text,
        came_by -> Text,
        typed_by -> Nullable<Text>,
        names -> Text,
    }
}

diesel::table! {
    skills_answers (response_id, skill_id) {
        response_id -> Text,
        skill_id -> Text,
        confidence -> Integer,
        wants -> Bool,
    }
}

diesel::table! {
    skills_shown_answers (response_id, skill_id) {
        response_id -> Text,
        skill_id -> Text,
        confidence -> Integer,
        wants -> Bool,
    }
}

diesel::table! {
    skills_barriers (response_id, barrier) {
        response_id -> Text,
        barrier -> Text,
    }
}

diesel::table! {
    framework_versions (id) {
        id -> Text,
        number -> Integer,
        title -> Text,
        introduction -> Text,
        state -> Text,
        published_at -> Nullable<Timestamp>,
        edition -> Integer,
        begun_by -> Nullable<Text>,
        begun_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    framework_areas (framework_version_id, id) {
        framework_version_id -> Text,
        id -> Text,
        position -> Integer,
        title -> Text,
        summary -> Text,
    }
}

diesel::table! {
    framework_standards (framework_version_id, id) {
        framework_version_id -> Text,
        id -> Text,
        area_id -> Text,
        position -> Integer,
        title -> Text,
        summary -> Text,
    }
}

diesel::table! {
    framework_indicators (framework_version_id, id) {
        framework_version_id -> Text,
        id -> Text,
        standard_id -> Text,
        position -> Integer,
        question -> Text,
        why -> Text,
        weight -> Text,
        emerging -> Text,
        established -> Text,
        excelling -> Text,
        evidence_ideas -> Text,
        not_for -> Text,
        reason_needed -> Bool,
        voice -> Text,
        comes_from -> Nullable<Text>,
        asks_anew -> Bool,
        resources -> Text,
    }
}

diesel::table! {
    framework_terms (framework_version_id, term) {
        framework_version_id -> Text,
        term -> Text,
        meaning -> Text,
    }
}

diesel::table! {
    framework_files (framework_version_id) {
        framework_version_id -> Text,
        text -> Text,
        read_at -> Timestamp,
    }
}

diesel::table! {
    framework_publications (framework_version_id) {
        framework_version_id -> Text,
        wanted -> BigInt,
        carried -> BigInt,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    assessments (id) {
        id -> Text,
        organisation_id -> Text,
        framework_version_id -> Text,
        state -> Text,
        started_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        submitted_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        reviewer_gone -> Bool,
        sealed_copy -> Nullable<Integer>,
        away_since -> Nullable<Timestamp>,
        days_away -> Integer,
    }
}

diesel::table! {
    assessment_answers (assessment_id, indicator_id) {
        assessment_id -> Text,
        indicator_id -> Text,
        judgement -> Text,
        narrative -> Text,
        edition -> Integer,
        answered_by -> Text,
        answered_at -> Timestamp,
        kept_by -> Nullable<Text>,
        asked_anew -> Bool,
    }
}

diesel::table! {
    assessment_evidence (id) {
        id -> Text,
        assessment_id -> Text,
        indicator_id -> Text,
        file_id -> Text,
        title -> Text,
        effective_on -> Nullable<Date>,
        added_by -> Text,
        added_at -> Timestamp,
        address -> Nullable<Text>,
    }
}

diesel::table! {
    assessment_change_requests (assessment_id, indicator_id, asked_at) {
        assessment_id -> Text,
        indicator_id -> Text,
        asked_at -> Timestamp,
        reason -> Text,
        state -> Text,
    }
}

diesel::table! {
    reviews (id) {
        id -> Text,
        assessment_id -> Text,
        reviewer_id -> Text,
        state -> Text,
        started_at -> Timestamp,
        recommended_level -> Nullable<Text>,
        recommendation -> Nullable<Text>,
        recommended_at -> Nullable<Timestamp>,
        sent_back_because -> Nullable<Text>,
        set_aside_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    review_findings (review_id, indicator_id) {
        review_id -> Text,
        indicator_id -> Text,
        finding -> Text,
        note -> Text,
        found_at -> Timestamp,
        note_within -> Text,
    }
}

diesel::table! {
    review_decisions (review_id) {
        review_id -> Text,
        recommended_by -> Text,
        decided_by -> Text,
        level -> Text,
        reasons -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    review_appeals (id) {
        id -> Text,
        organisation_id -> Text,
        review_id -> Text,
        endorsement_id -> Nullable<Text>,
        step_number -> Nullable<Integer>,
        against -> Text,
        grounds -> Text,
        state -> Text,
        lodged_by -> Text,
        lodged_at -> Timestamp,
        target_on -> Date,
        recommended_by -> Text,
        decided_by -> Text,
        contested_by -> Text,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        reasons -> Nullable<Text>,
        reminded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    review_handovers (review_id, number) {
        review_id -> Text,
        number -> Integer,
        from_reviewer_id -> Text,
        to_reviewer_id -> Text,
        reason -> Text,
        handed_by -> Text,
        handed_at -> Timestamp,
    }
}

diesel::table! {
    review_nudges (review_id, kind) {
        review_id -> Text,
        kind -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    review_interests (id) {
        id -> Text,
        account_id -> Text,
        organisation_id -> Text,
        words -> Text,
        declared_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    endorsements (id) {
        id -> Text,
        organisation_id -> Text,
        assessment_id -> Text,
        number -> Text,
        code -> Text,
        level -> Text,
        state -> Text,
        starts_on -> Date,
        ends_on -> Date,
        practice_offered -> Bool,
        told_months -> Nullable<Integer>,
        review_id -> Nullable<Text>,
    }
}

diesel::table! {
    endorsement_steps (endorsement_id, number) {
        endorsement_id -> Text,
        number -> Integer,
        step -> Text,
        reason -> Text,
        taken_by -> Nullable<Text>,
        taken_at -> Timestamp,
    }
}

diesel::table! {
    work_accounts (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        account_id -> Text,
        joined_at -> Timestamp,
        last_used_at -> Timestamp,
    }
}

diesel::table! {
    work_errands (state_hash) {
        state_hash -> Text,
        browser_hash -> Text,
        nonce -> Text,
        verifier -> Text,
        next -> Nullable<Text>,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    passkeys (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        credential_id -> Text,
        credential -> Text,
        added_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkey_questions (token_hash) {
        token_hash -> Text,
        account_id -> Nullable<Text>,
        state -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    rescues (id) {
        id -> Text,
        organisation_id -> Text,
        asked_by -> Text,
        position -> Text,
        engagement -> Text,
        reasons -> Text,
        state -> Text,
        asked_at -> Timestamp,
        open_until -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_reasons -> Nullable<Text>,
    }
}

diesel::table! {
    rescue_contacts (rescue_id, address) {
        rescue_id -> Text,
        address -> Text,
        name -> Text,
        kind -> Text,
        account_id -> Nullable<Text>,
        token_hash -> Text,
        objection -> Nullable<Text>,
        objected_at -> Nullable<Timestamp>,
        came_by -> Nullable<Text>,
    }
}

diesel::table! {
    lead_nudges (organisation_id) {
        organisation_id -> Text,
        nudged_at -> Timestamp,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        organisation_id -> Text,
        file_id -> Text,
        title -> Text,
        effective_on -> Nullable<Date>,
        review_by -> Nullable<Date>,
        added_by -> Text,
        added_at -> Timestamp,
        kept_by -> Nullable<Text>,
        address -> Nullable<Text>,
        told_of -> Nullable<Date>,
    }
}

diesel::table! {
    training_record_links (id) {
        id -> Text,
        person_id -> Text,
        code -> Text,
        covers -> Text,
        note -> Text,
        made_at -> Timestamp,
        ends_on -> Date,
        state -> Text,
        ended_at -> Nullable<Timestamp>,
        times_opened -> Integer,
        last_opened_on -> Nullable<Date>,
    }
}

diesel::table! {
    training_record_link_modules (link_id, module_id) {
        link_id -> Text,
        module_id -> Text,
    }
}

diesel::table! {
    training_notices (id) {
        id -> Text,
        account_id -> Text,
        completion_id -> Text,
        kind -> Text,
        expires_on -> Date,
        state -> Text,
        settled_on -> Nullable<Date>,
        message_id -> Nullable<Text>,
    }
}

diesel::table! {
    notice_choices (account_id) {
        account_id -> Text,
        frequency -> Text,
        organisations -> Text,
        last_sent_on -> Nullable<Date>,
        next_on -> Date,
    }
}

diesel::table! {
    notice_marks (name) {
        name -> Text,
        reached_on -> Date,
    }
}

diesel::table! {
    training_pictures (organisation_id, month_on) {
        organisation_id -> Text,
        month_on -> Date,
        sent_at -> Timestamp,
        letters -> Integer,
    }
}

diesel::table! {
    umbrellas (organisation_id) {
        organisation_id -> Text,
        state -> Text,
        marked_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        look_at -> Timestamp,
    }
}

diesel::table! {
    affiliations (id) {
        id -> Text,
        umbrella_id -> Text,
        organisation_id -> Text,
        state -> Text,
        message -> Text,
        asked_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    umbrella_tables (umbrella_id, name) {
        umbrella_id -> Text,
        name -> Text,
        drawn_at -> Timestamp,
        shown -> Bool,
    }
}

diesel::table! {
    umbrella_figures (umbrella_id, table_name, position) {
        umbrella_id -> Text,
        table_name -> Text,
        position -> Integer,
        categories -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        organisation_id -> Nullable<Text>,
        begun_by -> Text,
        begun_at -> Timestamp,
        file_name -> Text,
        about -> Text,
        meanings -> Text,
        choices -> Text,
        state -> Text,
        concluded_by -> Nullable<Text>,
        concluded_at -> Nullable<Timestamp>,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    import_rows (import_id, number) {
        import_id -> Text,
        number -> Integer,
        cells -> Text,
    }
}

diesel::table! {
    import_parts (import_id, organisation_id) {
        import_id -> Text,
        organisation_id -> Text,
        state -> Text,
        people -> Integer,
        completions -> Integer,
        people_kept -> Integer,
        completions_kept -> Integer,
    }
}

diesel::table! {
    umbrella_copies (umbrella_id, table_name, organisation_id, category) {
        umbrella_id -> Text,
        table_name -> Text,
        organisation_id -> Text,
        category -> Text,
        amount -> Integer,
    }
}

diesel::table! {
    sector_censuses (id) {
        id -> Text,
        state -> Text,
        as_of -> Date,
        reached -> Text,
        began_at -> Timestamp,
        taken_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sector_people (census_id, district, kind) {
        census_id -> Text,
        district -> Text,
        kind -> Text,
        people -> BigInt,
        in_date -> BigInt,
    }
}

diesel::table! {
    sector_modules (census_id, module_id) {
        census_id -> Text,
        module_id -> Text,
        people -> BigInt,
        in_date -> BigInt,
        ends_soon -> BigInt,
    }
}

diesel::table! {
    sector_organisations (census_id, district, kind) {
        census_id -> Text,
        district -> Text,
        kind -> Text,
        organisations -> BigInt,
        without_place -> BigInt,
    }
}

diesel::table! {
    sector_newcomers (census_id, organisation_id) {
        census_id -> Text,
        organisation_id -> Text,
        district -> Text,
        sort_name -> Text,
    }
}

diesel::table! {
    sector_sessions (census_id, month, provider_id) {
        census_id -> Text,
        month -> Text,
        provider_id -> Text,
        sessions -> BigInt,
        attended -> BigInt,
        minutes -> BigInt,
        longest -> BigInt,
        answers -> BigInt,
        ratings -> BigInt,
    }
}

diesel::table! {
    voice_questions (id) {
        id -> Text,
        position -> Integer,
        words -> Text,
        standard_id -> Nullable<Text>,
        statement_id -> Nullable<Text>,
        is_asked -> Bool,
    }
}

diesel::table! {
    voice_rounds (id) {
        id -> Text,
        organisation_id -> Text,
        code -> Text,
        state -> Text,
        expected -> Integer,
        heard -> Integer,
        closes_on -> Date,
        opened_by -> Text,
        opened_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        replied_by -> Nullable<Text>,
        replied_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    voice_asked (round_id, question_id) {
        round_id -> Text,
        question_id -> Text,
        position -> Integer,
        words -> Text,
        standard_id -> Nullable<Text>,
        statement_id -> Nullable<Text>,
    }
}

diesel::table! {
    voice_tallies (round_id, question_id, answer) {
        round_id -> Text,
        question_id -> Text,
        answer -> Text,
        people -> Integer,
    }
}

diesel::table! {
    voice_ages (round_id, age) {
        round_id -> Text,
        age -> Text,
        people -> Integer,
    }
}

diesel::table! {
    voice_slips (round_id, slip) {
        round_id -> Text,
        slip -> Text,
    }
}

diesel::table! {
    voice_words (id) {
        id -> Text,
        round_id -> Text,
        words -> Text,
        state -> Text,
    }
}

diesel::table! {
    voice_escalations (id) {
        id -> Text,
        round_id -> Text,
        escalated_by -> Text,
        escalated_at -> Timestamp,
    }
}

diesel::table! {
    voice_replies (id) {
        id -> Text,
        round_id -> Text,
        position -> Integer,
        said -> Text,
        did -> Text,
    }
}

diesel::table! {
    indicator_rules (indicator_id) {
        indicator_id -> Text,
        rule -> Text,
    }
}

diesel::table! {
    record_verdicts (assessment_id, indicator_id) {
        assessment_id -> Text,
        indicator_id -> Text,
        organisation_id -> Text,
        rule -> Text,
        verdict -> Text,
        shown -> Text,
        reason -> Text,
        judged_by -> Text,
        judged_at -> Timestamp,
        is_met -> Bool,
        met_until -> Nullable<Date>,
        checked_on -> Date,
        told_of -> Nullable<Date>,
    }
}

diesel::table! {
    answer_comments (id) {
        id -> Text,
        assessment_id -> Text,
        indicator_id -> Text,
        written_by -> Text,
        written_at -> Timestamp,
        words -> Text,
    }
}

diesel::table! {
    planned_actions (id) {
        id -> Text,
        organisation_id -> Text,
        indicator_id -> Text,
        aim -> Text,
        first_step -> Text,
        due_on -> Date,
        owned_by -> Nullable<Text>,
        helper -> Text,
        young_people -> Text,
        state -> Text,
        outcome -> Text,
        added_by -> Text,
        added_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        told_of -> Nullable<Date>,
    }
}

diesel::table! {
    good_practices (id) {
        id -> Text,
        organisation_id -> Text,
        indicator_id -> Text,
        endorsement_id -> Text,
        note -> Text,
        found_at -> Timestamp,
        state -> Text,
        words -> Text,
        shared_by -> Nullable<Text>,
        shared_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    assessment_copies (assessment_id, number) {
        assessment_id -> Text,
        number -> Integer,
        made_at -> Timestamp,
        content -> Text,
        sha256 -> Text,
    }
}

diesel::table! {
    assessment_signatures (assessment_id, copy_number, capacity) {
        assessment_id -> Text,
        copy_number -> Integer,
        capacity -> Text,
        account_id -> Text,
        name -> Text,
        statement -> Text,
        signed_at -> Timestamp,
        leave_id -> Nullable<Text>,
    }
}

diesel::table! {
    learning_conversations (id) {
        id -> Text,
        endorsement_id -> Text,
        organisation_id -> Text,
        month -> Integer,
        due_on -> Date,
        state -> Text,
        changed -> Text,
        proud -> Text,
        hard -> Text,
        prepared_by -> Nullable<Text>,
        prepared_at -> Nullable<Timestamp>,
        taken_along -> Text,
        held_on -> Nullable<Date>,
        held_by -> Nullable<Text>,
    }
}

diesel::table! {
    offline_uploads (id) {
        id -> Text,
        organisation_id -> Text,
        brought_by -> Text,
        brought_at -> Timestamp,
        file_name -> Text,
        filled_in -> Text,
        choices -> Text,
    }
}

diesel::joinable!(umbrellas -> organisations (organisation_id));
diesel::joinable!(affiliations -> organisations (organisation_id));
diesel::joinable!(documents -> files (file_id));
diesel::joinable!(account_roles -> accounts (account_id));
diesel::joinable!(account_sessions -> accounts (account_id));
diesel::joinable!(authenticators -> accounts (account_id));
diesel::joinable!(recovery_codes -> accounts (account_id));
diesel::joinable!(account_links -> accounts (account_id));
diesel::joinable!(organisation_districts -> organisations (organisation_id));
diesel::joinable!(organisation_districts -> districts (district_code));
diesel::joinable!(organisation_activities -> organisations (organisation_id));
diesel::joinable!(organisation_activities -> activities (activity_id));
diesel::joinable!(organisation_days -> organisations (organisation_id));
diesel::joinable!(people -> accounts (account_id));
diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(memberships -> people (person_id));
diesel::joinable!(invitations -> organisations (organisation_id));
diesel::joinable!(training_completions -> people (person_id));
diesel::joinable!(training_completions -> training_modules (module_id));
diesel::joinable!(training_completions -> files (certificate_file_id));
diesel::joinable!(charter_versions -> accounts (begun_by));
diesel::joinable!(charter_statements -> charter_versions (charter_version_id));
diesel::joinable!(pledges -> organisations (organisation_id));
diesel::joinable!(pledges -> charter_versions (charter_version_id));
diesel::joinable!(charter_steps -> organisations (organisation_id));
diesel::joinable!(charter_steps -> charter_censuses (census_id));
diesel::joinable!(charter_funnel -> charter_censuses (census_id));
diesel::joinable!(group_letters -> accounts (written_by));
diesel::joinable!(group_letter_recipients -> group_letters (letter_id));
diesel::joinable!(group_letter_recipients -> organisations (organisation_id));
diesel::joinable!(register_places -> pledges (pledge_id));
diesel::joinable!(register_words -> pledges (pledge_id));
diesel::joinable!(register_waiting -> pledges (pledge_id));
diesel::joinable!(pledge_commitments -> pledges (pledge_id));
diesel::joinable!(pledge_notices -> pledges (pledge_id));
diesel::joinable!(commitment_notes -> pledges (pledge_id));
diesel::joinable!(commitment_notes -> accounts (written_by));
diesel::joinable!(pledge_checks -> pledges (pledge_id));
diesel::joinable!(pledge_checks -> accounts (answered_by));
diesel::joinable!(signature_requests -> pledges (pledge_id));
diesel::joinable!(pledge_signatures -> signature_requests (request_id));
diesel::joinable!(pledge_signatures -> pledges (pledge_id));
diesel::joinable!(pledge_signatures -> accounts (account_id));
diesel::joinable!(charter_interests -> organisations (organisation_id));
diesel::joinable!(charter_interests -> accounts (expressed_by));
diesel::joinable!(charter_invitations -> organisations (organisation_id));
diesel::joinable!(charter_invitations -> training_sessions (session_id));
diesel::joinable!(pledge_leaves -> organisations (organisation_id));
diesel::joinable!(pledge_leaves -> accounts (granted_by));
diesel::joinable!(skills -> skill_groups (group_id));
diesel::joinable!(skills -> training_modules (module_id));
diesel::joinable!(skills_responses -> skills_rounds (round_id));
diesel::joinable!(skills_responses -> organisations (organisation_id));
diesel::joinable!(skills_responses -> people (person_id));
diesel::joinable!(skills_answers -> skills_responses (response_id));
diesel::joinable!(skills_answers -> skills (skill_id));
diesel::joinable!(skills_shown_answers -> skills_responses (response_id));
diesel::joinable!(skills_shown_answers -> skills (skill_id));
diesel::joinable!(skills_barriers -> skills_responses (response_id));
diesel::joinable!(skills_round_districts -> skills_rounds (round_id));
diesel::joinable!(skills_entries -> skills_rounds (round_id));
diesel::joinable!(skills_entries -> organisations (organisation_id));
diesel::joinable!(skills_links -> skills_rounds (round_id));
diesel::joinable!(skills_links -> organisations (organisation_id));
diesel::joinable!(skills_links -> people (person_id));
diesel::joinable!(skills_round_plans -> accounts (planned_by));
diesel::joinable!(skills_asked -> skill_groups (group_id));
diesel::joinable!(skills_asked -> training_modules (module_id));
diesel::joinable!(skills_held -> skills_responses (response_id));
diesel::joinable!(skills_held -> training_modules (module_id));
diesel::joinable!(skills_words -> skills_responses (response_id));
diesel::joinable!(training_plans -> training_modules (module_id));
diesel::joinable!(framework_versions -> accounts (begun_by));
diesel::joinable!(framework_areas -> framework_versions (framework_version_id));
diesel::joinable!(framework_standards -> framework_versions (framework_version_id));
diesel::joinable!(framework_indicators -> framework_versions (framework_version_id));
diesel::joinable!(framework_terms -> framework_versions (framework_version_id));
diesel::joinable!(framework_files -> framework_versions (framework_version_id));
diesel::joinable!(framework_publications -> framework_versions (framework_version_id));
diesel::joinable!(assessments -> organisations (organisation_id));
diesel::joinable!(assessments -> framework_versions (framework_version_id));
diesel::joinable!(assessments -> accounts (submitted_by));
diesel::joinable!(assessment_answers -> assessments (assessment_id));
diesel::joinable!(assessment_answers -> accounts (answered_by));
diesel::joinable!(assessment_evidence -> assessments (assessment_id));
diesel::joinable!(assessment_evidence -> files (file_id));
diesel::joinable!(assessment_evidence -> accounts (added_by));
diesel::joinable!(assessment_change_requests -> assessments (assessment_id));
diesel::joinable!(reviews -> assessments (assessment_id));
diesel::joinable!(reviews -> accounts (reviewer_id));
diesel::joinable!(review_findings -> reviews (review_id));
diesel::joinable!(review_decisions -> reviews (review_id));
diesel::joinable!(review_appeals -> organisations (organisation_id));
diesel::joinable!(review_handovers -> reviews (review_id));
diesel::joinable!(review_interests -> organisations (organisation_id));
diesel::joinable!(endorsements -> organisations (organisation_id));
diesel::joinable!(endorsements -> assessments (assessment_id));
diesel::joinable!(endorsement_steps -> endorsements (endorsement_id));
diesel::joinable!(work_accounts -> accounts (account_id));
diesel::joinable!(training_equivalents -> training_modules (module_id));
diesel::joinable!(training_rule_changes -> training_modules (module_id));
diesel::joinable!(training_rule_changes -> accounts (written_by));
diesel::joinable!(training_rule_effects -> training_rule_changes (change_id));
diesel::joinable!(training_rule_organisations -> training_rule_changes (change_id));
diesel::joinable!(training_provider_people -> training_providers (provider_id));
diesel::joinable!(training_provider_people -> accounts (account_id));
diesel::joinable!(training_sessions -> training_providers (provider_id));
diesel::joinable!(training_sessions -> training_modules (module_id));
diesel::joinable!(training_sessions -> districts (district_code));
diesel::joinable!(training_bookings -> training_sessions (session_id));
diesel::joinable!(training_bookings -> people (person_id));
diesel::joinable!(training_bookings -> organisations (organisation_id));
diesel::joinable!(training_feedback -> training_sessions (session_id));
diesel::joinable!(training_feedback_given -> training_bookings (booking_id));
diesel::joinable!(training_record_links -> people (person_id));
diesel::joinable!(training_record_link_modules -> training_record_links (link_id));
diesel::joinable!(training_record_link_modules -> training_modules (module_id));
diesel::joinable!(training_notices -> accounts (account_id));
diesel::joinable!(notice_choices -> accounts (account_id));
diesel::joinable!(training_pictures -> organisations (organisation_id));
diesel::joinable!(rescues -> organisations (organisation_id));
diesel::joinable!(rescues -> accounts (asked_by));
diesel::joinable!(rescue_contacts -> rescues (rescue_id));
diesel::joinable!(organisation_identifiers -> organisations (organisation_id));
diesel::joinable!(organisation_languages -> organisations (organisation_id));
diesel::joinable!(organisation_access -> organisations (organisation_id));
diesel::joinable!(profile_changes -> organisations (organisation_id));
diesel::joinable!(profile_changes -> accounts (changed_by));
diesel::joinable!(standing_changes -> organisations (organisation_id));
diesel::joinable!(standing_changes -> accounts (changed_by));

diesel::allow_columns_to_appear_in_same_group_by_clause!(memberships::organisation_id, training_completions::module_id);
diesel::joinable!(imports -> organisations (organisation_id));
diesel::joinable!(imports -> accounts (begun_by));
diesel::joinable!(import_rows -> imports (import_id));
diesel::joinable!(import_parts -> imports (import_id));
diesel::joinable!(import_parts -> organisations (organisation_id));
diesel::joinable!(sector_newcomers -> organisations (organisation_id));
diesel::joinable!(sector_sessions -> training_providers (provider_id));
diesel::joinable!(voice_rounds -> organisations (organisation_id));
diesel::joinable!(voice_rounds -> accounts (opened_by));
diesel::joinable!(voice_asked -> voice_rounds (round_id));
diesel::joinable!(voice_ages -> voice_rounds (round_id));
diesel::joinable!(voice_words -> voice_rounds (round_id));
diesel::joinable!(voice_escalations -> voice_rounds (round_id));
diesel::joinable!(voice_escalations -> accounts (escalated_by));
diesel::joinable!(voice_replies -> voice_rounds (round_id));
diesel::joinable!(answer_comments -> assessments (assessment_id));
diesel::joinable!(answer_comments -> accounts (written_by));
diesel::joinable!(planned_actions -> organisations (organisation_id));
diesel::joinable!(planned_actions -> accounts (owned_by));
diesel::joinable!(good_practices -> organisations (organisation_id));
diesel::joinable!(good_practices -> endorsements (endorsement_id));
diesel::joinable!(assessment_signatures -> assessments (assessment_id));
diesel::joinable!(assessment_copies -> assessments (assessment_id));
diesel::joinable!(learning_conversations -> organisations (organisation_id));
diesel::joinable!(learning_conversations -> endorsements (endorsement_id));
diesel::joinable!(record_verdicts -> assessments (assessment_id));
diesel::joinable!(record_verdicts -> organisations (organisation_id));
diesel::joinable!(offline_uploads -> organisations (organisation_id));
diesel::joinable!(offline_uploads -> accounts (brought_by));

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    skills_responses::organisation_id,
    skills_responses::role,
    skills_responses::typed_by,
    skills_responses::names,
    skills_answers::skill_id,
    skills_answers::confidence,
    skills_answers::wants,
    skills_shown_answers::skill_id,
    skills_shown_answers::confidence,
    skills_shown_answers::wants,
    skills_asked::module_id,
    skills_held::module_id,
    skills_barriers::barrier,
    skills_words::question_id,
);
