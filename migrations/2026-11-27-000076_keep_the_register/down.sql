ALTER TABLE charter_statements DROP COLUMN picture_words;
ALTER TABLE charter_statements DROP COLUMN picture_file_id;
DROP TABLE register_waiting;
DROP TABLE register_words;
DROP TABLE register_counts;
DROP TABLE register_places;
