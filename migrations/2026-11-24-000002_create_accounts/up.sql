CREATE TABLE accounts (
    id            TEXT      NOT NULL PRIMARY KEY,
    email         TEXT      NOT NULL,
    name          TEXT      NOT NULL,
    password_hash TEXT      NOT NULL,
    state         TEXT      NOT NULL CHECK (state IN ('unconfirmed', 'active', 'closed')),
    created_at    TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX accounts_email ON accounts (email);

CREATE TABLE account_roles (
    account_id TEXT      NOT NULL REFERENCES accounts (id),
    role       TEXT      NOT NULL CHECK (role IN ('steward', 'reviewer', 'decider')),
    granted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, role)
);

CREATE TABLE account_sessions (
    token_hash   TEXT      NOT NULL PRIMARY KEY,
    account_id   TEXT      NOT NULL REFERENCES accounts (id),
    device       TEXT      NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL
);
CREATE INDEX account_sessions_by_account ON account_sessions (account_id);
CREATE INDEX account_sessions_by_last_use ON account_sessions (last_used_at);

-- Links sent by e-mail. A null account is the one that makes the first VRP administrator.
CREATE TABLE account_links (
    token_hash TEXT      NOT NULL PRIMARY KEY,
    account_id TEXT      REFERENCES accounts (id),
    purpose    TEXT      NOT NULL CHECK (purpose IN ('confirm', 'reset', 'first_steward')),
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE INDEX account_links_by_account ON account_links (account_id);
