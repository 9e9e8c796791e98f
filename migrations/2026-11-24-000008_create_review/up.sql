CREATE TABLE reviews (
    id                TEXT      NOT NULL PRIMARY KEY,
    assessment_id     TEXT      NOT NULL REFERENCES assessments (id),
    reviewer_id       TEXT      NOT NULL REFERENCES accounts (id),
    state             TEXT      NOT NULL CHECK (state IN ('open', 'recommended', 'decided')),
    started_at        TIMESTAMP NOT NULL,
    recommended_level TEXT      CHECK (recommended_level IN ('not_yet', 'emerging', 'established', 'excelling')),
    recommendation    TEXT,
    recommended_at    TIMESTAMP,
    sent_back_because TEXT
);
CREATE UNIQUE INDEX reviews_one_an_assessment ON reviews (assessment_id);
CREATE INDEX reviews_by_reviewer ON reviews (reviewer_id, state);
CREATE INDEX reviews_running ON reviews (state, recommended_at) WHERE state <> 'decided';

CREATE TABLE review_findings (
    review_id    TEXT      NOT NULL REFERENCES reviews (id),
    indicator_id TEXT      NOT NULL,
    finding      TEXT      NOT NULL CHECK (finding IN ('agreed', 'agreed_with_advice', 'not_yet', 'good_practice')),
    note         TEXT      NOT NULL,
    found_at     TIMESTAMP NOT NULL,
    PRIMARY KEY (review_id, indicator_id)
);

-- The rule that nobody decides what they recommended stands in the table itself.
CREATE TABLE review_decisions (
    review_id      TEXT      NOT NULL PRIMARY KEY REFERENCES reviews (id),
    recommended_by TEXT      NOT NULL REFERENCES accounts (id),
    decided_by     TEXT      NOT NULL REFERENCES accounts (id),
    level          TEXT      NOT NULL CHECK (level IN ('not_yet', 'emerging', 'established', 'excelling')),
    reasons        TEXT      NOT NULL,
    decided_at     TIMESTAMP NOT NULL,
    CHECK (recommended_by <> decided_by)
);

CREATE TABLE endorsements (
    id              TEXT    NOT NULL PRIMARY KEY,
    organisation_id TEXT    NOT NULL REFERENCES organisations (id),
    assessment_id   TEXT    NOT NULL REFERENCES assessments (id),
    number          TEXT    NOT NULL,
    code            TEXT    NOT NULL,
    level           TEXT    NOT NULL CHECK (level IN ('emerging', 'established', 'excelling')),
    state           TEXT    NOT NULL CHECK (state IN ('in_force', 'replaced', 'lapsed', 'suspended', 'revoked')),
    starts_on       DATE    NOT NULL,
    ends_on         DATE    NOT NULL,
    CHECK (ends_on > starts_on)
);
CREATE UNIQUE INDEX endorsements_number ON endorsements (number);
CREATE UNIQUE INDEX endorsements_code ON endorsements (code);
CREATE UNIQUE INDEX endorsements_assessment ON endorsements (assessment_id);
CREATE UNIQUE INDEX endorsements_one_in_force ON endorsements (organisation_id) WHERE state = 'in_force';
CREATE INDEX endorsements_ending ON endorsements (ends_on) WHERE state = 'in_force';
