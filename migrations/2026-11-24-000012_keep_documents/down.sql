DROP INDEX assessment_evidence_by_file;
DROP TABLE documents;
DROP INDEX files_to_check;
ALTER TABLE files DROP COLUMN finding;
ALTER TABLE files DROP COLUMN check_at;
ALTER TABLE files DROP COLUMN uploaded_by;
ALTER TABLE files DROP COLUMN state;
