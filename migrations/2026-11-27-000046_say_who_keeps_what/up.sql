-- Who looks after a document or an answer now: whoever made it, until they hand it over. Nobody: the leads together.
ALTER TABLE documents ADD COLUMN kept_by TEXT REFERENCES accounts (id);
ALTER TABLE assessment_answers ADD COLUMN kept_by TEXT REFERENCES accounts (id);
UPDATE documents SET kept_by = added_by;
UPDATE assessment_answers SET kept_by = answered_by;
CREATE INDEX documents_by_keeper ON documents (kept_by, organisation_id);
CREATE INDEX assessment_answers_by_keeper ON assessment_answers (kept_by);
