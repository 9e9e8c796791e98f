-- Where a link leads. Its file is a line of text with the same address.
ALTER TABLE documents ADD COLUMN address TEXT;
ALTER TABLE assessment_evidence ADD COLUMN address TEXT;

-- The day to look at it again that its keeper was last written to about.
ALTER TABLE documents ADD COLUMN told_of DATE;
CREATE INDEX documents_by_review ON documents (review_by, id) WHERE review_by IS NOT NULL;
