CREATE TABLE framework_versions (
    id           TEXT      NOT NULL PRIMARY KEY,
    number       INTEGER   NOT NULL,
    title        TEXT      NOT NULL,
    introduction TEXT      NOT NULL,
    state        TEXT      NOT NULL CHECK (state IN ('draft', 'in_force', 'superseded')),
    published_at TIMESTAMP
);
CREATE UNIQUE INDEX framework_versions_number ON framework_versions (number);
CREATE UNIQUE INDEX framework_versions_one_in_force ON framework_versions (state) WHERE state = 'in_force';

CREATE TABLE framework_areas (
    framework_version_id TEXT    NOT NULL REFERENCES framework_versions (id),
    id                   TEXT    NOT NULL,
    position             INTEGER NOT NULL,
    title                TEXT    NOT NULL,
    summary              TEXT    NOT NULL,
    PRIMARY KEY (framework_version_id, id)
);
CREATE TABLE framework_standards (
    framework_version_id TEXT    NOT NULL REFERENCES framework_versions (id),
    id                   TEXT    NOT NULL,
    area_id              TEXT    NOT NULL,
    position             INTEGER NOT NULL,
    title                TEXT    NOT NULL,
    summary              TEXT    NOT NULL,
    PRIMARY KEY (framework_version_id, id),
    FOREIGN KEY (framework_version_id, area_id) REFERENCES framework_areas (framework_version_id, id)
);
-- The id of an indicator stays the same from version to version, so that answers can be kept.
CREATE TABLE framework_indicators (
    framework_version_id TEXT    NOT NULL REFERENCES framework_versions (id),
    id                   TEXT    NOT NULL,
    standard_id          TEXT    NOT NULL,
    position             INTEGER NOT NULL,
    question             TEXT    NOT NULL,
    why                  TEXT    NOT NULL,
    weight               TEXT    NOT NULL CHECK (weight IN ('must', 'should')),
    emerging             TEXT    NOT NULL,
    established          TEXT    NOT NULL,
    excelling            TEXT    NOT NULL,
    evidence_ideas       TEXT    NOT NULL,
    not_for              TEXT    NOT NULL,
    reason_needed        BOOLEAN NOT NULL,
    PRIMARY KEY (framework_version_id, id),
    FOREIGN KEY (framework_version_id, standard_id) REFERENCES framework_standards (framework_version_id, id)
);
CREATE TABLE glossary_terms (
    term    TEXT NOT NULL PRIMARY KEY,
    meaning TEXT NOT NULL
);

CREATE TABLE assessments (
    id                   TEXT      NOT NULL PRIMARY KEY,
    organisation_id      TEXT      NOT NULL REFERENCES organisations (id),
    framework_version_id TEXT      NOT NULL REFERENCES framework_versions (id),
    state                TEXT      NOT NULL CHECK (state IN
                             ('draft', 'submitted', 'in_review', 'changes_requested', 'recommended', 'endorsed', 'not_yet')),
    started_at           TIMESTAMP NOT NULL,
    submitted_at         TIMESTAMP,
    submitted_by         TEXT      REFERENCES accounts (id),
    decided_at           TIMESTAMP
);
CREATE UNIQUE INDEX assessments_one_running ON assessments (organisation_id) WHERE state NOT IN ('endorsed', 'not_yet');
CREATE INDEX assessments_by_organisation ON assessments (organisation_id, started_at);
CREATE INDEX assessments_waiting ON assessments (state, submitted_at);

-- Edition 0 was brought from the assessment before and nobody has looked at it yet; each save adds one.
CREATE TABLE assessment_answers (
    assessment_id TEXT      NOT NULL REFERENCES assessments (id),
    indicator_id  TEXT      NOT NULL,
    judgement     TEXT      NOT NULL CHECK (judgement IN ('not_yet', 'emerging', 'established', 'excelling', 'not_applicable')),
    narrative     TEXT      NOT NULL,
    edition       INTEGER   NOT NULL,
    answered_by   TEXT      NOT NULL REFERENCES accounts (id),
    answered_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (assessment_id, indicator_id)
);
CREATE TABLE assessment_evidence (
    id            TEXT      NOT NULL PRIMARY KEY,
    assessment_id TEXT      NOT NULL REFERENCES assessments (id),
    indicator_id  TEXT      NOT NULL,
    file_id       TEXT      NOT NULL REFERENCES files (id),
    title         TEXT      NOT NULL,
    effective_on  DATE,
    added_by      TEXT      NOT NULL REFERENCES accounts (id),
    added_at      TIMESTAMP NOT NULL
);
CREATE INDEX assessment_evidence_by_indicator ON assessment_evidence (assessment_id, indicator_id);

-- What a reviewer asked to have changed. A request is settled when the assessment goes back to the reviewer.
CREATE TABLE assessment_change_requests (
    assessment_id TEXT      NOT NULL REFERENCES assessments (id),
    indicator_id  TEXT      NOT NULL,
    asked_at      TIMESTAMP NOT NULL,
    reason        TEXT      NOT NULL,
    state         TEXT      NOT NULL CHECK (state IN ('open', 'answered', 'settled')),
    PRIMARY KEY (assessment_id, indicator_id, asked_at)
);
CREATE UNIQUE INDEX assessment_change_requests_one_unsettled
    ON assessment_change_requests (assessment_id, indicator_id) WHERE state <> 'settled';
