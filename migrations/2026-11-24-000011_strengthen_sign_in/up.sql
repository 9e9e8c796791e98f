-- How much a session has proved, and when it last did.
ALTER TABLE account_sessions ADD COLUMN strength TEXT NOT NULL DEFAULT 'single' CHECK (strength IN ('pending', 'single', 'double'));
ALTER TABLE account_sessions ADD COLUMN proved_at TIMESTAMP;

-- An authenticator app. Its secret is sealed with the portal's key; the last step keeps a code from being good twice.
CREATE TABLE authenticators (
    account_id    TEXT      NOT NULL PRIMARY KEY REFERENCES accounts (id),
    sealed_secret TEXT      NOT NULL,
    state         TEXT      NOT NULL CHECK (state IN ('proposed', 'active')),
    last_step     BIGINT    NOT NULL,
    wrong_codes   INTEGER   NOT NULL,
    wait_until    TIMESTAMP,
    created_at    TIMESTAMP NOT NULL
);

-- Codes for whoever lost their telephone; each works once.
CREATE TABLE recovery_codes (
    code_hash  TEXT      NOT NULL PRIMARY KEY,
    account_id TEXT      NOT NULL REFERENCES accounts (id),
    used_at    TIMESTAMP
);
CREATE INDEX recovery_codes_by_account ON recovery_codes (account_id);

-- Two more purposes: to sign in, and to prove a new address.
CREATE TABLE new_account_links (
    token_hash TEXT      NOT NULL PRIMARY KEY,
    account_id TEXT      REFERENCES accounts (id),
    purpose    TEXT      NOT NULL CHECK (purpose IN ('confirm', 'reset', 'first_steward', 'sign_in', 'new_address')),
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP,
    carries    TEXT
);
INSERT INTO new_account_links (token_hash, account_id, purpose, expires_at, used_at)
    SELECT token_hash, account_id, purpose, expires_at, used_at FROM account_links;
DROP TABLE account_links;
ALTER TABLE new_account_links RENAME TO account_links;
CREATE INDEX account_links_by_account ON account_links (account_id);
