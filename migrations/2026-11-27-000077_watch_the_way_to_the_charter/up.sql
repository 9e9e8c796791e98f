-- How far organisations have come with the Charter, counted once a day in batches: pages read the last count only.
CREATE TABLE charter_censuses (
    id       TEXT      NOT NULL PRIMARY KEY,
    state    TEXT      NOT NULL CHECK (state IN ('counting', 'taken')),
    as_of    DATE      NOT NULL,
    reached  TEXT      NOT NULL,
    taken_at TIMESTAMP
);
CREATE UNIQUE INDEX charter_censuses_one_a_day ON charter_censuses (as_of);

CREATE TABLE charter_steps (
    census_id       TEXT    NOT NULL REFERENCES charter_censuses (id),
    organisation_id TEXT    NOT NULL REFERENCES organisations (id),
    district        TEXT    NOT NULL,
    arrived_on      DATE    NOT NULL,
    step            TEXT    NOT NULL
        CHECK (step IN ('interested', 'trained', 'begun', 'half_signed', 'in_force', 'renewed', 'ended')),
    since_on        DATE    NOT NULL,
    furthest        INTEGER NOT NULL CHECK (furthest BETWEEN 1 AND 6),
    PRIMARY KEY (census_id, organisation_id)
);
CREATE INDEX charter_steps_by_wait ON charter_steps (census_id, since_on, organisation_id);
CREATE INDEX charter_steps_by_step ON charter_steps (census_id, step, since_on, organisation_id);

CREATE TABLE charter_funnel (
    census_id     TEXT    NOT NULL REFERENCES charter_censuses (id),
    district      TEXT    NOT NULL,
    month         DATE    NOT NULL,
    furthest      INTEGER NOT NULL,
    organisations BIGINT  NOT NULL,
    PRIMARY KEY (census_id, district, month, furthest)
);

-- Letters of the VRP to a group of organisations, sent in batches.
CREATE TABLE group_letters (
    id            TEXT      NOT NULL PRIMARY KEY,
    step          TEXT,
    district      TEXT,
    days          INTEGER   NOT NULL,
    subject       TEXT      NOT NULL,
    words         TEXT      NOT NULL,
    written_by    TEXT      NOT NULL REFERENCES accounts (id),
    written_at    TIMESTAMP NOT NULL,
    state         TEXT      NOT NULL CHECK (state IN ('sending', 'sent')),
    organisations BIGINT    NOT NULL,
    letters       BIGINT    NOT NULL
);
CREATE INDEX group_letters_sending ON group_letters (written_at) WHERE state = 'sending';
CREATE INDEX group_letters_by_account ON group_letters (written_by);

CREATE TABLE group_letter_recipients (
    letter_id       TEXT    NOT NULL REFERENCES group_letters (id),
    organisation_id TEXT    NOT NULL REFERENCES organisations (id),
    is_written      BOOLEAN NOT NULL,
    PRIMARY KEY (letter_id, organisation_id)
);
