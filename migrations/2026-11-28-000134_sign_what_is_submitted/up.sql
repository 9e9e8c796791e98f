-- What an organisation signs and sends: a copy of its answers and evidence, frozen.
CREATE TABLE assessment_copies (
    assessment_id TEXT      NOT NULL REFERENCES assessments (id),
    -- 1 for the first.
    number        INTEGER   NOT NULL,
    made_at       TIMESTAMP NOT NULL,
    -- JSON, in the shape of `quality::FrozenCopy`.
    content       TEXT      NOT NULL,
    sha256        TEXT      NOT NULL,
    PRIMARY KEY (assessment_id, number)
);

-- Who signed a copy, for the work and for those who govern.
CREATE TABLE assessment_signatures (
    assessment_id TEXT      NOT NULL REFERENCES assessments (id),
    copy_number   INTEGER   NOT NULL,
    capacity      TEXT      NOT NULL CHECK (capacity IN ('governance', 'delivery')),
    account_id    TEXT      NOT NULL REFERENCES accounts (id),
    name          TEXT      NOT NULL,
    -- The statement they made.
    statement     TEXT      NOT NULL,
    signed_at     TIMESTAMP NOT NULL,
    -- The leave by which it is of the same person as the other.
    leave_id      TEXT      REFERENCES pledge_leaves (id),
    PRIMARY KEY (assessment_id, copy_number, capacity)
);
CREATE INDEX assessment_signatures_by_account ON assessment_signatures (account_id);

-- The copy that waits for the second signature; nothing is changed while there is one.
ALTER TABLE assessments ADD COLUMN sealed_copy INTEGER;
