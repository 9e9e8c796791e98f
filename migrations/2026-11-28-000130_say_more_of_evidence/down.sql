DROP INDEX documents_by_review;
ALTER TABLE documents DROP COLUMN told_of;
ALTER TABLE assessment_evidence DROP COLUMN address;
ALTER TABLE documents DROP COLUMN address;
