-- Since when the organisation has had it back while it was under review, and for how many days before that.
ALTER TABLE assessments ADD COLUMN away_since TIMESTAMP;
ALTER TABLE assessments ADD COLUMN days_away INTEGER NOT NULL DEFAULT 0;

-- What a reviewer writes for the VRP alone; empty where nothing.
ALTER TABLE review_findings ADD COLUMN note_within TEXT NOT NULL DEFAULT '';
