DROP TABLE standing_changes;
DROP INDEX organisations_not_open;
ALTER TABLE organisations DROP COLUMN standing_since;
ALTER TABLE organisations DROP COLUMN standing;
