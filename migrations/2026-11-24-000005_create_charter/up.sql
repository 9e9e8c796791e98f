CREATE TABLE charter_versions (
    id           TEXT      NOT NULL PRIMARY KEY,
    number       INTEGER   NOT NULL,
    title        TEXT      NOT NULL,
    introduction TEXT      NOT NULL,
    sample       BOOLEAN   NOT NULL,
    state        TEXT      NOT NULL CHECK (state IN ('draft', 'in_force', 'superseded')),
    hash         TEXT      NOT NULL,
    published_at TIMESTAMP
);
CREATE UNIQUE INDEX charter_versions_number ON charter_versions (number);
CREATE UNIQUE INDEX charter_versions_one_in_force ON charter_versions (state) WHERE state = 'in_force';

CREATE TABLE charter_statements (
    charter_version_id TEXT    NOT NULL REFERENCES charter_versions (id),
    id                 TEXT    NOT NULL,
    position           INTEGER NOT NULL,
    theme              TEXT    NOT NULL,
    words              TEXT    NOT NULL,
    in_practice        TEXT    NOT NULL,
    prompt             TEXT    NOT NULL,
    example            TEXT    NOT NULL,
    PRIMARY KEY (charter_version_id, id)
);

CREATE TABLE pledges (
    id                 TEXT      NOT NULL PRIMARY KEY,
    organisation_id    TEXT      NOT NULL REFERENCES organisations (id),
    charter_version_id TEXT      NOT NULL REFERENCES charter_versions (id),
    charter_hash       TEXT      NOT NULL,
    code               TEXT      NOT NULL,
    state              TEXT      NOT NULL CHECK (state IN ('draft', 'part_signed', 'in_force', 'lapsed', 'withdrawn')),
    started_at         TIMESTAMP NOT NULL,
    in_force_on        DATE,
    ends_on            DATE,
    withdrawn_on       DATE
);
CREATE UNIQUE INDEX pledges_code ON pledges (code);
CREATE UNIQUE INDEX pledges_one_open ON pledges (organisation_id) WHERE state IN ('draft', 'part_signed', 'in_force');
CREATE INDEX pledges_by_organisation ON pledges (organisation_id, started_at);
CREATE INDEX pledges_in_force ON pledges (in_force_on) WHERE state = 'in_force';
CREATE INDEX pledges_ending ON pledges (ends_on) WHERE state = 'in_force';

CREATE TABLE pledge_commitments (
    pledge_id    TEXT      NOT NULL REFERENCES pledges (id),
    statement_id TEXT      NOT NULL,
    words        TEXT      NOT NULL,
    written_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (pledge_id, statement_id)
);

CREATE TABLE pledge_signatures (
    pledge_id  TEXT      NOT NULL REFERENCES pledges (id),
    capacity   TEXT      NOT NULL CHECK (capacity IN ('governance', 'delivery')),
    account_id TEXT      NOT NULL REFERENCES accounts (id),
    name       TEXT      NOT NULL,
    role       TEXT      NOT NULL,
    authority  TEXT      NOT NULL,
    signed_hash TEXT     NOT NULL,
    signed_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (pledge_id, capacity)
);
CREATE UNIQUE INDEX pledge_signatures_two_people ON pledge_signatures (pledge_id, account_id);
