ALTER TABLE assessments DROP COLUMN sealed_copy;
DROP TABLE assessment_signatures;
DROP TABLE assessment_copies;
