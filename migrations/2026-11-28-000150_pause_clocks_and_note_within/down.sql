ALTER TABLE review_findings DROP COLUMN note_within;
ALTER TABLE assessments DROP COLUMN days_away;
ALTER TABLE assessments DROP COLUMN away_since;
