ALTER TABLE assessment_answers DROP COLUMN asked_anew;
DROP INDEX assessments_being_written;
DROP TABLE framework_publications;
DROP TABLE framework_files;
CREATE TABLE glossary_terms (
    term    TEXT NOT NULL PRIMARY KEY,
    meaning TEXT NOT NULL
);
INSERT INTO glossary_terms (term, meaning)
    SELECT framework_terms.term, framework_terms.meaning
    FROM framework_terms INNER JOIN framework_versions ON framework_versions.id = framework_terms.framework_version_id
    WHERE framework_versions.state = 'in_force';
DROP TABLE framework_terms;
DROP INDEX framework_indicators_by_id;
ALTER TABLE framework_indicators DROP COLUMN asks_anew;
ALTER TABLE framework_indicators DROP COLUMN comes_from;
ALTER TABLE framework_indicators DROP COLUMN voice;
DROP INDEX framework_versions_one_draft;
ALTER TABLE framework_versions DROP COLUMN begun_at;
ALTER TABLE framework_versions DROP COLUMN begun_by;
ALTER TABLE framework_versions DROP COLUMN edition;
