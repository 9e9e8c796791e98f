-- Whose account a person at an OpenID provider signs in to. Issuer and subject name them for ever; an address does not.
CREATE TABLE work_accounts (
    issuer       TEXT      NOT NULL,
    subject      TEXT      NOT NULL,
    account_id   TEXT      NOT NULL REFERENCES accounts (id),
    joined_at    TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX work_accounts_one_of_each_issuer ON work_accounts (account_id, issuer);

-- Someone on their way to the provider and back: one use, ten minutes, one browser.
-- The nonce and the verifier open nothing by themselves: a code and the client secret are needed too.
CREATE TABLE work_errands (
    state_hash   TEXT      NOT NULL PRIMARY KEY,
    browser_hash TEXT      NOT NULL,
    nonce        TEXT      NOT NULL,
    verifier     TEXT      NOT NULL,
    next         TEXT,
    expires_at   TIMESTAMP NOT NULL
);
CREATE INDEX work_errands_by_end ON work_errands (expires_at);
