-- What every part of the portal stands on: the audit trail, outgoing e-mail, stored files.
CREATE TABLE audit_entries (
    sequence        BIGINT    NOT NULL PRIMARY KEY,
    at              TIMESTAMP NOT NULL,
    actor_id        TEXT,
    actor_name      TEXT      NOT NULL,
    verb            TEXT      NOT NULL,
    subject         TEXT      NOT NULL,
    organisation_id TEXT,
    details         TEXT      NOT NULL,
    previous_hash   TEXT      NOT NULL,
    hash            TEXT      NOT NULL
);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject, sequence);
CREATE INDEX audit_entries_by_organisation ON audit_entries (organisation_id, sequence);

-- One row: the end of the chain. Updating it is what puts writers in line.
CREATE TABLE audit_heads (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence BIGINT  NOT NULL,
    hash     TEXT    NOT NULL
);
INSERT INTO audit_heads (id, sequence, hash) VALUES (1, 0, '');

CREATE TABLE outbox_messages (
    id         TEXT      NOT NULL PRIMARY KEY,
    recipient  TEXT      NOT NULL,
    subject    TEXT      NOT NULL,
    body_text  TEXT      NOT NULL,
    body_html  TEXT      NOT NULL,
    state      TEXT      NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
    attempts   INTEGER   NOT NULL,
    due_at     TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    sent_at    TIMESTAMP,
    last_error TEXT
);
CREATE INDEX outbox_messages_due ON outbox_messages (due_at) WHERE state IN ('queued', 'sending');

CREATE TABLE files (
    id          TEXT      NOT NULL PRIMARY KEY,
    name        TEXT      NOT NULL,
    media_type  TEXT      NOT NULL,
    bytes       BIGINT    NOT NULL CHECK (bytes > 0),
    sha256      TEXT      NOT NULL,
    uploaded_at TIMESTAMP NOT NULL
);

-- The last number given out in a series such as the endorsements of one year.
CREATE TABLE number_series (
    name        TEXT    NOT NULL PRIMARY KEY,
    last_number INTEGER NOT NULL
);
