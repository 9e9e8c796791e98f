DROP TABLE skills_counts;
DROP TABLE skills_organisation_counts;
