DROP INDEX pledges_in_force_by_charter;
DROP TABLE sign_again_notices;
ALTER TABLE charter_versions DROP COLUMN sign_again_by;
