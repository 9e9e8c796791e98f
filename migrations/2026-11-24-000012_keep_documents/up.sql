-- Whether a file may be read, who sent it, and when the virus scanner is asked.
ALTER TABLE files ADD COLUMN state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('waiting', 'ready', 'refused'));
ALTER TABLE files ADD COLUMN uploaded_by TEXT;
ALTER TABLE files ADD COLUMN check_at TIMESTAMP;
ALTER TABLE files ADD COLUMN finding TEXT;
CREATE INDEX files_to_check ON files (check_at) WHERE check_at IS NOT NULL;

-- What an organisation keeps to show what it does. One document serves many purposes.
CREATE TABLE documents (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    file_id         TEXT      NOT NULL UNIQUE REFERENCES files (id),
    title           TEXT      NOT NULL,
    effective_on    DATE,
    review_by       DATE,
    added_by        TEXT      NOT NULL REFERENCES accounts (id),
    added_at        TIMESTAMP NOT NULL
);
CREATE INDEX documents_by_organisation ON documents (organisation_id, title);
INSERT INTO documents (id, organisation_id, file_id, title, effective_on, review_by, added_by, added_at)
SELECT e.id, a.organisation_id, e.file_id, e.title, e.effective_on, NULL, e.added_by, e.added_at
FROM assessment_evidence e JOIN assessments a ON a.id = e.assessment_id
WHERE NOT EXISTS (SELECT 1 FROM assessment_evidence o WHERE o.file_id = e.file_id AND o.id < e.id);
CREATE INDEX assessment_evidence_by_file ON assessment_evidence (file_id);
