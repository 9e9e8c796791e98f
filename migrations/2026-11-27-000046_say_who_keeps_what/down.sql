DROP INDEX documents_by_keeper;
DROP INDEX assessment_answers_by_keeper;
ALTER TABLE documents DROP COLUMN kept_by;
ALTER TABLE assessment_answers DROP COLUMN kept_by;
