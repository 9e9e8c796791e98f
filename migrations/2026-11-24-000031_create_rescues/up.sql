-- Someone asks to lead an organisation that nobody leads any more.
CREATE TABLE rescues (
    id               TEXT      NOT NULL PRIMARY KEY,
    organisation_id  TEXT      NOT NULL REFERENCES organisations (id),
    asked_by         TEXT      NOT NULL REFERENCES accounts (id),
    position         TEXT      NOT NULL,
    engagement       TEXT      NOT NULL CHECK (engagement IN ('paid', 'volunteer', 'trustee')),
    reasons          TEXT      NOT NULL,
    state            TEXT      NOT NULL CHECK (state IN ('open', 'awaiting', 'granted', 'refused', 'withdrawn')),
    asked_at         TIMESTAMP NOT NULL,
    open_until       TIMESTAMP NOT NULL,
    decided_by       TEXT      REFERENCES accounts (id),
    decided_at       TIMESTAMP,
    decision_reasons TEXT,
    CHECK (decided_by <> asked_by),
    CHECK ((state IN ('granted', 'refused')) = (decided_by IS NOT NULL AND decision_reasons IS NOT NULL))
);
CREATE UNIQUE INDEX rescues_one_at_a_time ON rescues (organisation_id) WHERE state IN ('open', 'awaiting');
CREATE INDEX rescues_by_organisation ON rescues (organisation_id, asked_at);
CREATE INDEX rescues_due ON rescues (open_until) WHERE state = 'open';

-- Everyone the portal knows of an organisation when a rescue is asked for, with what they object.
CREATE TABLE rescue_contacts (
    rescue_id   TEXT      NOT NULL REFERENCES rescues (id),
    address     TEXT      NOT NULL,
    name        TEXT      NOT NULL,
    kind        TEXT      NOT NULL CHECK (kind IN ('lead', 'member', 'safeguarding')),
    account_id  TEXT      REFERENCES accounts (id),
    token_hash  TEXT      NOT NULL,
    objection   TEXT,
    objected_at TIMESTAMP,
    came_by     TEXT      CHECK (came_by IN ('link', 'account')),
    PRIMARY KEY (rescue_id, address)
);
CREATE UNIQUE INDEX rescue_contacts_token ON rescue_contacts (token_hash);

-- When an organisation's only lead was last reminded to find a second.
CREATE TABLE lead_nudges (
    organisation_id TEXT      NOT NULL PRIMARY KEY REFERENCES organisations (id),
    nudged_at       TIMESTAMP NOT NULL
);

-- Does mail to an address arrive?
CREATE INDEX outbox_messages_by_recipient ON outbox_messages (recipient, created_at);
