-- What a reviewer of an endorsed organisation found to be good practice, and whether it is shared with others.
CREATE TABLE good_practices (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    indicator_id    TEXT      NOT NULL,
    endorsement_id  TEXT      NOT NULL REFERENCES endorsements (id),
    -- What the reviewer wrote to the organisation.
    note            TEXT      NOT NULL,
    found_at        TIMESTAMP NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('offered', 'shared', 'withdrawn')),
    -- How the organisation does it, for others to read; empty until it is shared.
    words           TEXT      NOT NULL,
    shared_by       TEXT      REFERENCES accounts (id),
    shared_at       TIMESTAMP
);
CREATE UNIQUE INDEX good_practices_once ON good_practices (endorsement_id, indicator_id);
CREATE INDEX good_practices_by_organisation ON good_practices (organisation_id, found_at);
CREATE INDEX good_practices_shared ON good_practices (indicator_id, shared_at) WHERE state = 'shared';
CREATE INDEX good_practices_latest ON good_practices (shared_at, id) WHERE state = 'shared';

-- Were its marks of good practice offered to the organisation to share?
ALTER TABLE endorsements ADD COLUMN practice_offered BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX endorsements_to_offer ON endorsements (id) WHERE practice_offered = FALSE;
