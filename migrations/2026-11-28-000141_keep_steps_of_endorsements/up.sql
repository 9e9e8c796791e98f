-- Every step that an endorsement has taken, with its reason and whoever decided it: how it stands follows from them.
ALTER TABLE endorsements ADD COLUMN review_id TEXT;
UPDATE endorsements SET review_id = (SELECT reviews.id FROM reviews WHERE reviews.assessment_id = endorsements.assessment_id);

CREATE TABLE endorsement_steps (
    endorsement_id TEXT      NOT NULL REFERENCES endorsements (id),
    number         INTEGER   NOT NULL CHECK (number > 0),
    step           TEXT      NOT NULL CHECK (step IN ('issue', 'suspend', 'reinstate', 'revoke', 'restore', 'replace', 'lapse')),
    reason         TEXT      NOT NULL,
    taken_by       TEXT      REFERENCES accounts (id),
    taken_at       TIMESTAMP NOT NULL,
    PRIMARY KEY (endorsement_id, number),
    CHECK (step NOT IN ('issue', 'suspend', 'reinstate', 'revoke', 'restore') OR (reason <> '' AND taken_by IS NOT NULL))
);

INSERT INTO endorsement_steps (endorsement_id, number, step, reason, taken_by, taken_at)
SELECT endorsements.id, 1, 'issue', review_decisions.reasons, review_decisions.decided_by, review_decisions.decided_at
FROM endorsements
JOIN reviews ON reviews.assessment_id = endorsements.assessment_id
JOIN review_decisions ON review_decisions.review_id = reviews.id;

INSERT INTO endorsement_steps (endorsement_id, number, step, reason, taken_by, taken_at)
SELECT endorsements.id, 2, CASE endorsements.state WHEN 'lapsed' THEN 'lapse' ELSE 'replace' END, '', NULL, audit_entries.at
FROM endorsements
JOIN audit_entries ON audit_entries.subject = 'endorsement ' || endorsements.id
    AND audit_entries.verb = 'endorsement ' || endorsements.state
WHERE endorsements.state IN ('lapsed', 'replaced');
