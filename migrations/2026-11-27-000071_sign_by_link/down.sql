-- Signatures given by a link are lost; the pledges they are on stay as they are.
CREATE TABLE old_pledge_signatures (
    pledge_id   TEXT      NOT NULL REFERENCES pledges (id),
    capacity    TEXT      NOT NULL CHECK (capacity IN ('governance', 'delivery')),
    account_id  TEXT      NOT NULL REFERENCES accounts (id),
    name        TEXT      NOT NULL,
    role        TEXT      NOT NULL,
    authority   TEXT      NOT NULL,
    signed_hash TEXT      NOT NULL,
    signed_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (pledge_id, capacity)
);
INSERT INTO old_pledge_signatures (pledge_id, capacity, account_id, name, role, authority, signed_hash, signed_at)
    SELECT pledge_id, capacity, account_id, name, role, authority, signed_hash, signed_at FROM pledge_signatures
    WHERE account_id IS NOT NULL;
DROP TABLE pledge_signatures;
ALTER TABLE old_pledge_signatures RENAME TO pledge_signatures;
CREATE UNIQUE INDEX pledge_signatures_two_people ON pledge_signatures (pledge_id, account_id);
DROP TABLE signature_requests;
