-- The rule by which records of the portal speak to a question of the framework, in every version that asks it.
CREATE TABLE indicator_rules (
    indicator_id TEXT NOT NULL PRIMARY KEY,
    rule         TEXT NOT NULL
);

-- What someone made of what the records say: that it shows what they answer, or why not.
CREATE TABLE record_verdicts (
    assessment_id   TEXT      NOT NULL REFERENCES assessments (id),
    indicator_id    TEXT      NOT NULL,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    rule            TEXT      NOT NULL,
    verdict         TEXT      NOT NULL CHECK (verdict IN ('accepted', 'declined')),
    -- What stood there, in words, when they said so.
    shown           TEXT      NOT NULL,
    -- Why not; empty when accepted.
    reason          TEXT      NOT NULL,
    judged_by       TEXT      NOT NULL REFERENCES accounts (id),
    judged_at       TIMESTAMP NOT NULL,
    -- As of the day it was last looked at.
    is_met          BOOLEAN   NOT NULL,
    met_until       DATE,
    checked_on      DATE      NOT NULL,
    -- The last day that the leads were written to about.
    told_of         DATE,
    PRIMARY KEY (assessment_id, indicator_id)
);
CREATE INDEX record_verdicts_due ON record_verdicts (checked_on, assessment_id) WHERE verdict = 'accepted';
CREATE INDEX record_verdicts_by_organisation ON record_verdicts (organisation_id);
