-- A passkey: the public half of a key that a person's device keeps, with what the library needs to check it.
CREATE TABLE passkeys (
    id            TEXT      NOT NULL PRIMARY KEY,
    account_id    TEXT      NOT NULL REFERENCES accounts (id),
    name          TEXT      NOT NULL,
    credential_id TEXT      NOT NULL,
    credential    TEXT      NOT NULL,
    added_at      TIMESTAMP NOT NULL,
    last_used_at  TIMESTAMP
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
CREATE INDEX passkeys_by_account ON passkeys (account_id);

-- A question put to a device, until it is answered: one use, ten minutes. A null account is anyone who signs in.
CREATE TABLE passkey_questions (
    token_hash TEXT      NOT NULL PRIMARY KEY,
    account_id TEXT      REFERENCES accounts (id),
    state      TEXT      NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX passkey_questions_by_account ON passkey_questions (account_id);
CREATE INDEX passkey_questions_by_end ON passkey_questions (expires_at);
