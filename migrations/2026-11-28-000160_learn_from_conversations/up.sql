-- What an endorsed organisation and the VRP talk about at 12 and 24 months. Questions, not scores.
CREATE TABLE learning_conversations (
    id              TEXT      NOT NULL PRIMARY KEY,
    endorsement_id  TEXT      NOT NULL REFERENCES endorsements (id),
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    -- Months since the endorsement began.
    month           INTEGER   NOT NULL CHECK (month IN (12, 24)),
    due_on          DATE      NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('due', 'prepared', 'held')),
    -- The organisation's own words; empty until it has prepared.
    changed         TEXT      NOT NULL,
    proud           TEXT      NOT NULL,
    hard            TEXT      NOT NULL,
    prepared_by     TEXT      REFERENCES accounts (id),
    prepared_at     TIMESTAMP,
    -- What both take from it; empty until it was held.
    taken_along     TEXT      NOT NULL,
    held_on         DATE,
    held_by         TEXT      REFERENCES accounts (id)
);
CREATE UNIQUE INDEX learning_conversations_once ON learning_conversations (endorsement_id, month);
CREATE INDEX learning_conversations_by_organisation ON learning_conversations (organisation_id, due_on);
CREATE INDEX learning_conversations_open ON learning_conversations (due_on, id) WHERE state <> 'held';

-- How many months before its end the leads were last written to.
ALTER TABLE endorsements ADD COLUMN told_months INTEGER;
