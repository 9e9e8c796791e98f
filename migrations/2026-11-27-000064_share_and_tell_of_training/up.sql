-- What a person shares with an organisation: all they have, or only what it requires and what was logged there.
-- Whoever joins again begins anew.
ALTER TABLE memberships ADD COLUMN training_shared TEXT NOT NULL DEFAULT 'required'
    CHECK (training_shared IN ('required', 'everything'));

-- The organisation whose lead confirmed it, where that is not the one it was logged in.
ALTER TABLE training_completions ADD COLUMN confirmed_within TEXT;
UPDATE training_completions SET logged_within = (
        SELECT max(organisation_id) FROM audit_entries
        WHERE subject = 'completion ' || training_completions.id AND verb = 'training logged')
    WHERE logged_within IS NULL;
UPDATE training_completions SET confirmed_within = (
        SELECT max(organisation_id) FROM audit_entries
        WHERE subject = 'completion ' || training_completions.id AND verb = 'training confirmed')
    WHERE source = 'confirmed';

-- An address at which a letter of its kind can be stopped with one press; for letters that can be stopped.
ALTER TABLE outbox_messages ADD COLUMN unsubscribe TEXT;

-- A link by which anyone sees a person's record as it is now, or a part of it, until a day or until it is ended.
CREATE TABLE training_record_links (
    id             TEXT      NOT NULL PRIMARY KEY,
    person_id      TEXT      NOT NULL REFERENCES people (id),
    code           TEXT      NOT NULL,
    covers         TEXT      NOT NULL CHECK (covers IN ('everything', 'chosen')),
    note           TEXT      NOT NULL,
    made_at        TIMESTAMP NOT NULL,
    ends_on        DATE      NOT NULL,
    state          TEXT      NOT NULL CHECK (state IN ('open', 'ended')),
    ended_at       TIMESTAMP,
    times_opened   INTEGER   NOT NULL,
    last_opened_on DATE,
    CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX training_record_links_code ON training_record_links (code);
CREATE INDEX training_record_links_by_person ON training_record_links (person_id, made_at);
CREATE TABLE training_record_link_modules (
    link_id   TEXT NOT NULL REFERENCES training_record_links (id),
    module_id TEXT NOT NULL REFERENCES training_modules (id),
    PRIMARY KEY (link_id, module_id)
);

-- That a completion ends, told to its person: what fell due, and what became of it. No notice is made twice.
CREATE TABLE training_notices (
    id            TEXT      NOT NULL PRIMARY KEY,
    account_id    TEXT      NOT NULL REFERENCES accounts (id),
    completion_id TEXT      NOT NULL,
    kind          TEXT      NOT NULL CHECK (kind IN ('in_60_days', 'in_14_days', 'last_day')),
    -- The last day it counted when this was noted: with new rules it may have another, of which they hear anew.
    expires_on    DATE      NOT NULL,
    state         TEXT      NOT NULL CHECK (state IN ('waiting', 'sent', 'dropped')),
    settled_on    DATE,
    -- The letter it was told in.
    message_id    TEXT,
    CHECK ((state = 'sent') = (message_id IS NOT NULL)),
    CHECK ((state = 'waiting') = (settled_on IS NULL))
);
CREATE UNIQUE INDEX training_notices_once ON training_notices (completion_id, kind, expires_on);
CREATE INDEX training_notices_waiting ON training_notices (account_id) WHERE state = 'waiting';
CREATE INDEX training_notices_by_account ON training_notices (account_id, settled_on);

-- How often someone wants to hear of what ends, and when the next letter may go.
CREATE TABLE notice_choices (
    account_id    TEXT    NOT NULL PRIMARY KEY REFERENCES accounts (id),
    frequency     TEXT    NOT NULL CHECK (frequency IN ('as_due', 'weekly', 'monthly', 'none')),
    -- The monthly letter about the organisations one leads.
    organisations TEXT    NOT NULL CHECK (organisations IN ('monthly', 'none')),
    last_sent_on  DATE,
    next_on       DATE    NOT NULL
);

-- How far the work of the nights has come.
CREATE TABLE notice_marks (
    name       TEXT NOT NULL PRIMARY KEY CHECK (name IN ('completions', 'organisations')),
    reached_on DATE NOT NULL
);

-- The monthly letter to an organisation's leads: to how many it went.
CREATE TABLE training_pictures (
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    month_on        DATE      NOT NULL,
    sent_at         TIMESTAMP NOT NULL,
    letters         INTEGER   NOT NULL CHECK (letters >= 0),
    PRIMARY KEY (organisation_id, month_on)
);
