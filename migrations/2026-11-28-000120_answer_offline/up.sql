-- A filled-in questionnaire on its way into a self-assessment. It waits until someone confirms it or a week is over.
CREATE TABLE offline_uploads (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    brought_by      TEXT      NOT NULL REFERENCES accounts (id),
    brought_at      TIMESTAMP NOT NULL,
    file_name       TEXT      NOT NULL,
    -- JSON: what was read.
    filled_in       TEXT      NOT NULL,
    -- JSON: by question, which of two texts is kept.
    choices         TEXT      NOT NULL,
    -- Whoever brings another takes this one back.
    UNIQUE (organisation_id, brought_by)
);
CREATE INDEX offline_uploads_by_age ON offline_uploads (brought_at);
