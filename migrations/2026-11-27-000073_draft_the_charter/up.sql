-- The VRP writes the next Charter in its pages. A draft has no number yet: 0 stands there until it is published.
ALTER TABLE charter_versions ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE charter_versions ADD COLUMN begun_by TEXT REFERENCES accounts (id);
ALTER TABLE charter_versions ADD COLUMN begun_at TIMESTAMP;
CREATE UNIQUE INDEX charter_versions_one_draft ON charter_versions (state) WHERE state = 'draft';
-- Words that are meant for the ear; no part of what is promised, and of its hash.
ALTER TABLE charter_statements ADD COLUMN read_aloud TEXT;
CREATE INDEX charter_statements_by_id ON charter_statements (id);
