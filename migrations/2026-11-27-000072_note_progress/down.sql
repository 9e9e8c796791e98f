ALTER TABLE pledges DROP COLUMN shows_progress;
DROP TABLE pledge_checks;
DROP TABLE commitment_notes;
