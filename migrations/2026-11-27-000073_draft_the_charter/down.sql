-- A draft that nobody published is lost.
DELETE FROM charter_statements WHERE charter_version_id IN (SELECT id FROM charter_versions WHERE state = 'draft');
DELETE FROM charter_versions WHERE state = 'draft';
DROP INDEX charter_statements_by_id;
ALTER TABLE charter_statements DROP COLUMN read_aloud;
DROP INDEX charter_versions_one_draft;
ALTER TABLE charter_versions DROP COLUMN begun_at;
ALTER TABLE charter_versions DROP COLUMN begun_by;
ALTER TABLE charter_versions DROP COLUMN edition;
