-- What the programme sets has more names than two; the code knows them.
CREATE TABLE programme_values_of_any_name (
    name       TEXT      NOT NULL PRIMARY KEY,
    value      TEXT      NOT NULL,
    changed_by TEXT      REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL
);
INSERT INTO programme_values_of_any_name (name, value, changed_by, changed_at)
SELECT name, value, changed_by, changed_at FROM programme_values;
DROP TABLE programme_values;
ALTER TABLE programme_values_of_any_name RENAME TO programme_values;

-- A tie that a reviewer, a decider or an administrator declares. Withdrawn, it counts on for a time.
CREATE TABLE review_interests (
    id              TEXT      NOT NULL PRIMARY KEY,
    account_id      TEXT      NOT NULL REFERENCES accounts (id),
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    words           TEXT      NOT NULL,
    declared_at     TIMESTAMP NOT NULL,
    withdrawn_at    TIMESTAMP
);
CREATE UNIQUE INDEX review_interests_one_standing ON review_interests (account_id, organisation_id) WHERE withdrawn_at IS NULL;
CREATE INDEX review_interests_by_account ON review_interests (account_id, withdrawn_at);
