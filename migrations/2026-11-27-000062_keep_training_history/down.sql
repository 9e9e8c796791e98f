-- What was corrected or withdrawn is lost, and what a provider verified is a lead's word again.
CREATE TABLE old_training_completions (
    id                  TEXT      NOT NULL PRIMARY KEY,
    person_id           TEXT      NOT NULL REFERENCES people (id),
    module_id           TEXT      NOT NULL REFERENCES training_modules (id),
    completed_on        DATE      NOT NULL,
    expires_on          DATE,
    provider            TEXT      NOT NULL,
    source              TEXT      NOT NULL CHECK (source IN ('self_logged', 'confirmed', 'verified')),
    certificate_file_id TEXT      REFERENCES files (id),
    logged_by           TEXT      NOT NULL REFERENCES accounts (id),
    logged_at           TIMESTAMP NOT NULL,
    confirmed_by        TEXT      REFERENCES accounts (id),
    confirmed_at        TIMESTAMP,
    CHECK (expires_on > completed_on)
);
INSERT INTO old_training_completions (id, person_id, module_id, completed_on, expires_on, provider, source,
        certificate_file_id, logged_by, logged_at, confirmed_by, confirmed_at)
    SELECT id, person_id, module_id, completed_on, expires_on, provider, source,
        certificate_file_id, logged_by, logged_at, confirmed_by, confirmed_at FROM training_completions WHERE state = 'standing';
DROP TABLE training_completions;
ALTER TABLE old_training_completions RENAME TO training_completions;
CREATE UNIQUE INDEX training_completions_once ON training_completions (person_id, module_id, completed_on);
