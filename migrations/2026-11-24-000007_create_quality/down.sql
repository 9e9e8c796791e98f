DROP TABLE assessment_evidence;
DROP TABLE assessment_answers;
DROP TABLE assessments;
DROP TABLE glossary_terms;
DROP TABLE framework_indicators;
DROP TABLE framework_standards;
DROP TABLE framework_areas;
DROP TABLE framework_versions;
