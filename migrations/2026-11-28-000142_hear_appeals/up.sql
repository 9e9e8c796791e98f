-- A decision that an appeal set aside is kept, and its assessment is reviewed afresh: it has one review that counts.
ALTER TABLE reviews ADD COLUMN set_aside_at TIMESTAMP;
DROP INDEX reviews_one_an_assessment;
CREATE UNIQUE INDEX reviews_one_an_assessment ON reviews (assessment_id) WHERE set_aside_at IS NULL;
DROP INDEX endorsements_assessment;
CREATE INDEX endorsements_by_assessment ON endorsements (assessment_id);
CREATE UNIQUE INDEX endorsements_review ON endorsements (review_id);

-- The rule that nobody answers an appeal against their own part stands in the table itself.
CREATE TABLE review_appeals (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    review_id       TEXT      NOT NULL REFERENCES reviews (id),
    endorsement_id  TEXT      REFERENCES endorsements (id),
    step_number     INTEGER,
    against         TEXT      NOT NULL CHECK (against IN ('not_yet', 'level', 'suspension', 'revocation')),
    grounds         TEXT      NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('waiting', 'upheld', 'not_upheld')),
    lodged_by       TEXT      NOT NULL REFERENCES accounts (id),
    lodged_at       TIMESTAMP NOT NULL,
    target_on       DATE      NOT NULL,
    recommended_by  TEXT      NOT NULL REFERENCES accounts (id),
    decided_by      TEXT      NOT NULL REFERENCES accounts (id),
    contested_by    TEXT      NOT NULL REFERENCES accounts (id),
    answered_by     TEXT      REFERENCES accounts (id),
    answered_at     TIMESTAMP,
    reasons         TEXT,
    reminded_at     TIMESTAMP,
    CHECK (answered_by NOT IN (recommended_by, decided_by, contested_by)),
    CHECK ((state = 'waiting') = (answered_by IS NULL)),
    CHECK (state = 'waiting' OR reasons <> '')
);
CREATE UNIQUE INDEX review_appeals_one_a_decision ON review_appeals (review_id) WHERE endorsement_id IS NULL;
CREATE UNIQUE INDEX review_appeals_one_a_step ON review_appeals (endorsement_id, step_number) WHERE endorsement_id IS NOT NULL;
CREATE INDEX review_appeals_waiting ON review_appeals (target_on) WHERE state = 'waiting';
CREATE INDEX review_appeals_by_organisation ON review_appeals (organisation_id, lodged_at);
