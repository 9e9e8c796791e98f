-- A pledge can be renewed while it is in force, so that nobody falls out of the register between two. Each commitment says
-- who sees to it and by when.
DROP INDEX pledges_one_open;
CREATE UNIQUE INDEX pledges_one_unsigned ON pledges (organisation_id) WHERE state IN ('draft', 'part_signed');
CREATE UNIQUE INDEX pledges_one_in_force ON pledges (organisation_id) WHERE state = 'in_force';
ALTER TABLE pledges ADD COLUMN replaces_id TEXT;
ALTER TABLE pledges ADD COLUMN renewed_on DATE;
ALTER TABLE pledges ADD COLUMN signed_name TEXT;
ALTER TABLE pledges ADD COLUMN words_form INTEGER NOT NULL DEFAULT 1;
CREATE INDEX pledges_replacing ON pledges (replaces_id) WHERE replaces_id IS NOT NULL;
UPDATE pledges SET signed_name = (SELECT name FROM organisations WHERE organisations.id = pledges.organisation_id)
    WHERE in_force_on IS NOT NULL;
ALTER TABLE pledge_commitments ADD COLUMN who TEXT;
ALTER TABLE pledge_commitments ADD COLUMN by_on DATE;

CREATE TABLE pledge_notices (
    pledge_id TEXT      NOT NULL REFERENCES pledges (id),
    kind      TEXT      NOT NULL CHECK (kind IN ('in_60_days', 'in_30_days', 'in_7_days', 'last_day', 'new_name')),
    sent_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (pledge_id, kind)
);
