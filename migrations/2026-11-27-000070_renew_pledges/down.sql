-- Who sees to a commitment is lost. Of a pledge in force and its renewal under way, the renewal is withdrawn.
DROP TABLE pledge_notices;
UPDATE pledges SET state = 'withdrawn' WHERE state IN ('draft', 'part_signed') AND replaces_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM pledges AS kept WHERE kept.id = pledges.replaces_id AND kept.state = 'in_force');
ALTER TABLE pledge_commitments DROP COLUMN by_on;
ALTER TABLE pledge_commitments DROP COLUMN who;
DROP INDEX pledges_replacing;
ALTER TABLE pledges DROP COLUMN words_form;
ALTER TABLE pledges DROP COLUMN signed_name;
ALTER TABLE pledges DROP COLUMN renewed_on;
ALTER TABLE pledges DROP COLUMN replaces_id;
DROP INDEX pledges_one_in_force;
DROP INDEX pledges_one_unsigned;
CREATE UNIQUE INDEX pledges_one_open ON pledges (organisation_id) WHERE state IN ('draft', 'part_signed', 'in_force');
