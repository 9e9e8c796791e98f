-- The second signature can be given by a link, without an account. A signature is under an account or under such a link.
CREATE TABLE signature_requests (
    id         TEXT      NOT NULL PRIMARY KEY,
    pledge_id  TEXT      NOT NULL REFERENCES pledges (id),
    capacity   TEXT      NOT NULL CHECK (capacity IN ('governance', 'delivery')),
    name       TEXT      NOT NULL,
    address    TEXT      NOT NULL,
    token_hash TEXT      NOT NULL,
    state      TEXT      NOT NULL CHECK (state IN ('open', 'signed', 'withdrawn')),
    asked_by   TEXT      NOT NULL REFERENCES accounts (id),
    asked_at   TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX signature_requests_token ON signature_requests (token_hash);
CREATE UNIQUE INDEX signature_requests_one_open ON signature_requests (pledge_id) WHERE state = 'open';
CREATE INDEX signature_requests_by_pledge ON signature_requests (pledge_id);
CREATE INDEX signature_requests_by_address ON signature_requests (address);

CREATE TABLE new_pledge_signatures (
    pledge_id   TEXT      NOT NULL REFERENCES pledges (id),
    capacity    TEXT      NOT NULL CHECK (capacity IN ('governance', 'delivery')),
    account_id  TEXT      REFERENCES accounts (id),
    name        TEXT      NOT NULL,
    role        TEXT      NOT NULL,
    authority   TEXT      NOT NULL,
    signed_hash TEXT      NOT NULL,
    signed_at   TIMESTAMP NOT NULL,
    request_id  TEXT      REFERENCES signature_requests (id),
    PRIMARY KEY (pledge_id, capacity),
    CHECK ((account_id IS NULL) = (request_id IS NOT NULL))
);
INSERT INTO new_pledge_signatures (pledge_id, capacity, account_id, name, role, authority, signed_hash, signed_at)
    SELECT pledge_id, capacity, account_id, name, role, authority, signed_hash, signed_at FROM pledge_signatures;
DROP TABLE pledge_signatures;
ALTER TABLE new_pledge_signatures RENAME TO pledge_signatures;
CREATE UNIQUE INDEX pledge_signatures_two_people ON pledge_signatures (pledge_id, account_id);
CREATE INDEX pledge_signatures_by_account ON pledge_signatures (account_id);
