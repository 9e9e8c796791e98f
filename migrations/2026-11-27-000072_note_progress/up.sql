-- How a pledge is kept: notes on each commitment, and once a year what changed for young people.
CREATE TABLE commitment_notes (
    id           TEXT      NOT NULL PRIMARY KEY,
    pledge_id    TEXT      NOT NULL REFERENCES pledges (id),
    statement_id TEXT      NOT NULL,
    stage        TEXT      NOT NULL CHECK (stage IN ('begun', 'going_well', 'stuck', 'done')),
    words        TEXT      NOT NULL,
    written_by   TEXT      NOT NULL REFERENCES accounts (id),
    written_at   TIMESTAMP NOT NULL
);
CREATE INDEX commitment_notes_by_pledge ON commitment_notes (pledge_id, statement_id, written_at);

CREATE TABLE pledge_checks (
    pledge_id   TEXT      NOT NULL PRIMARY KEY REFERENCES pledges (id),
    words       TEXT      NOT NULL,
    answered_by TEXT      NOT NULL REFERENCES accounts (id),
    answered_at TIMESTAMP NOT NULL
);
ALTER TABLE pledges ADD COLUMN shows_progress BOOLEAN NOT NULL DEFAULT FALSE;
