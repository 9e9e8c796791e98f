DROP INDEX training_completions_of_import;
DROP INDEX memberships_of_import;
ALTER TABLE training_completions DROP COLUMN import_id;
ALTER TABLE memberships DROP COLUMN import_id;
DROP TABLE import_parts;
DROP TABLE import_rows;
DROP TABLE imports;
