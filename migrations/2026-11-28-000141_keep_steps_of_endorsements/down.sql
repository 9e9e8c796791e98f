DROP TABLE endorsement_steps;
ALTER TABLE endorsements DROP COLUMN review_id;
