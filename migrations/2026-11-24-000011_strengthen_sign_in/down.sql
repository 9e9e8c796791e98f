CREATE TABLE old_account_links (
    token_hash TEXT      NOT NULL PRIMARY KEY,
    account_id TEXT      REFERENCES accounts (id),
    purpose    TEXT      NOT NULL CHECK (purpose IN ('confirm', 'reset', 'first_steward')),
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
INSERT INTO old_account_links (token_hash, account_id, purpose, expires_at, used_at)
    SELECT token_hash, account_id, purpose, expires_at, used_at FROM account_links
    WHERE purpose IN ('confirm', 'reset', 'first_steward');
DROP TABLE account_links;
ALTER TABLE old_account_links RENAME TO account_links;
CREATE INDEX account_links_by_account ON account_links (account_id);
DROP TABLE recovery_codes;
DROP TABLE authenticators;
DELETE FROM account_sessions WHERE strength = 'pending';
ALTER TABLE account_sessions DROP COLUMN proved_at;
ALTER TABLE account_sessions DROP COLUMN strength;
