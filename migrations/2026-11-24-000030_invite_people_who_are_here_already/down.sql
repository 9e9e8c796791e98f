CREATE TABLE old_invitations (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    email           TEXT      NOT NULL,
    name            TEXT      NOT NULL,
    role            TEXT      NOT NULL CHECK (role IN ('lead', 'signatory', 'practitioner', 'viewer')),
    engagement      TEXT      NOT NULL CHECK (engagement IN ('paid', 'volunteer', 'trustee')),
    accountable     BOOLEAN   NOT NULL,
    token_hash      TEXT      NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn')),
    created_at      TIMESTAMP NOT NULL,
    expires_at      TIMESTAMP NOT NULL
);
INSERT INTO old_invitations (id, organisation_id, email, name, role, engagement, accountable, token_hash, state, created_at, expires_at)
    SELECT id, organisation_id, email, name, role, engagement, accountable, token_hash, state, created_at, expires_at FROM invitations;
DROP TABLE invitations;
ALTER TABLE old_invitations RENAME TO invitations;
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);
CREATE UNIQUE INDEX invitations_open_once ON invitations (organisation_id, email) WHERE state = 'open';
