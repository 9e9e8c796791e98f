-- The last day on which answers are taken; null is until the VRP closes it.
ALTER TABLE skills_rounds ADD COLUMN closes_on DATE;
-- The version of the questions that is asked.
ALTER TABLE skills_rounds ADD COLUMN instrument INTEGER NOT NULL DEFAULT 1;
-- When everything answered in a closed round had been counted; from then on its counts stay as they are.
ALTER TABLE skills_rounds ADD COLUMN counted_at TIMESTAMP;
-- Whose round it is; without a row it is everyone's.
CREATE TABLE skills_round_districts (
    round_id      TEXT NOT NULL REFERENCES skills_rounds (id),
    district_code TEXT NOT NULL REFERENCES districts (code),
    PRIMARY KEY (round_id, district_code)
);
CREATE TABLE skills_round_plans (
    id         TEXT      NOT NULL PRIMARY KEY,
    title      TEXT      NOT NULL,
    opens_on   DATE      NOT NULL,
    closes_on  DATE,
    -- Codes with spaces between; empty is everyone.
    districts  TEXT      NOT NULL,
    state      TEXT      NOT NULL CHECK (state IN ('planned', 'opened', 'withdrawn')),
    planned_by TEXT      NOT NULL REFERENCES accounts (id),
    planned_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX skills_round_plans_one ON skills_round_plans (state) WHERE state = 'planned';

-- An organisation that takes part in a round.
CREATE TABLE skills_entries (
    round_id         TEXT      NOT NULL REFERENCES skills_rounds (id),
    organisation_id  TEXT      NOT NULL REFERENCES organisations (id),
    joined_at        TIMESTAMP NOT NULL,
    -- Roles that are shown apart, with spaces between; chosen when it joins, for the whole round.
    roles            TEXT      NOT NULL,
    -- Everyone active in it, and those who have finished, when it was last counted.
    people           INTEGER   NOT NULL,
    finished         INTEGER   NOT NULL,
    -- Something has changed since it was last counted.
    stale            BOOLEAN   NOT NULL,
    -- The district it was counted in; null while it was not.
    counted_district TEXT,
    PRIMARY KEY (round_id, organisation_id)
);
CREATE INDEX skills_entries_stale ON skills_entries (round_id, organisation_id) WHERE stale;
CREATE INDEX skills_entries_by_organisation ON skills_entries (organisation_id);
INSERT INTO skills_entries (round_id, organisation_id, joined_at, roles, people, finished, stale)
    SELECT round_id, organisation_id, MIN(started_at), '', 0, 0, TRUE FROM skills_responses
    GROUP BY round_id, organisation_id;

ALTER TABLE skills_responses ADD COLUMN role TEXT NOT NULL DEFAULT 'volunteer';
ALTER TABLE skills_responses ADD COLUMN came_by TEXT NOT NULL DEFAULT 'account';
-- Who typed answers from paper: they know them.
ALTER TABLE skills_responses ADD COLUMN typed_by TEXT;
-- May the leads see by name which training they want? Once said, it was known, also when it is taken back.
ALTER TABLE skills_responses ADD COLUMN names TEXT NOT NULL DEFAULT 'no';

-- A personal link to the audit, for someone without an account.
CREATE TABLE skills_links (
    id              TEXT      NOT NULL PRIMARY KEY,
    round_id        TEXT      NOT NULL REFERENCES skills_rounds (id),
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    person_id       TEXT      NOT NULL REFERENCES people (id),
    address         TEXT      NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('open', 'replaced', 'misdirected')),
    sent_by         TEXT      NOT NULL REFERENCES accounts (id),
    sent_at         TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX skills_links_one_open ON skills_links (round_id, organisation_id, person_id) WHERE state = 'open';
CREATE INDEX skills_links_by_person ON skills_links (person_id);
CREATE INDEX skills_links_by_address ON skills_links (address);

-- What someone is to be written about a round: a row before it is a letter. The person is empty for the leads.
CREATE TABLE skills_notices (
    round_id        TEXT      NOT NULL REFERENCES skills_rounds (id),
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    person_id       TEXT      NOT NULL,
    kind            TEXT      NOT NULL CHECK (kind IN ('opened', 'first', 'last', 'closed')),
    noted_at        TIMESTAMP NOT NULL,
    PRIMARY KEY (round_id, organisation_id, person_id, kind)
);
