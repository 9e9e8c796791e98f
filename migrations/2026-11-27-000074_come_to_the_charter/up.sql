-- What the VRP sets for the whole programme. A value that nobody has set is the portal's default.
CREATE TABLE programme_values (
    name       TEXT      NOT NULL PRIMARY KEY CHECK (name IN ('pledge_months', 'training_first')),
    value      TEXT      NOT NULL,
    changed_by TEXT      REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL
);

-- An organisation that wants to come to the Charter, and how many of its people want to come to the training.
CREATE TABLE charter_interests (
    organisation_id TEXT      NOT NULL PRIMARY KEY REFERENCES organisations (id),
    state           TEXT      NOT NULL CHECK (state IN ('open', 'withdrawn')),
    people          INTEGER   NOT NULL CHECK (people BETWEEN 1 AND 100),
    wish            TEXT      NOT NULL,
    expressed_by    TEXT      NOT NULL REFERENCES accounts (id),
    expressed_at    TIMESTAMP NOT NULL
);
CREATE INDEX charter_interests_open ON charter_interests (expressed_at) WHERE state = 'open';
CREATE INDEX charter_interests_by_account ON charter_interests (expressed_by);

-- Which sessions an interested organisation has been told of.
CREATE TABLE charter_invitations (
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    session_id      TEXT      NOT NULL REFERENCES training_sessions (id),
    sent_at         TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, session_id)
);

-- What the VRP lets an organisation do that the rules do not, and why.
CREATE TABLE pledge_leaves (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    kind            TEXT      NOT NULL CHECK (kind IN ('without_training', 'one_signatory')),
    reason          TEXT      NOT NULL,
    granted_by      TEXT      NOT NULL REFERENCES accounts (id),
    granted_at      TIMESTAMP NOT NULL,
    ended_by        TEXT      REFERENCES accounts (id),
    ended_at        TIMESTAMP
);
CREATE UNIQUE INDEX pledge_leaves_one_of_a_kind ON pledge_leaves (organisation_id, kind) WHERE ended_at IS NULL;
CREATE INDEX pledge_leaves_by_organisation ON pledge_leaves (organisation_id, granted_at);
CREATE INDEX pledge_leaves_by_account ON pledge_leaves (granted_by);

-- Both signatures are of one person only where the second is by leave.
ALTER TABLE pledge_signatures ADD COLUMN leave_id TEXT REFERENCES pledge_leaves (id);
DROP INDEX pledge_signatures_two_people;
CREATE UNIQUE INDEX pledge_signatures_two_people ON pledge_signatures (pledge_id, account_id) WHERE leave_id IS NULL;

-- Who answers for the young people who lead Charter training: sealed, for the provider and the VRP only.
ALTER TABLE training_sessions ADD COLUMN adult_contact TEXT;
CREATE INDEX training_sessions_of_the_charter ON training_sessions (starts_at) WHERE subject = 'charter' AND state = 'open';
