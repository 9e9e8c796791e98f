-- A completion may be of an equivalent course, come from a session, and be corrected: then a new row stands in its place
-- and the old one stays as it was.
CREATE TABLE new_training_completions (
    id                  TEXT      NOT NULL PRIMARY KEY,
    person_id           TEXT      NOT NULL REFERENCES people (id),
    module_id           TEXT      NOT NULL REFERENCES training_modules (id),
    equivalent_id       TEXT      REFERENCES training_equivalents (id),
    completed_on        DATE      NOT NULL,
    expires_on          DATE,
    provider            TEXT      NOT NULL,
    source              TEXT      NOT NULL CHECK (source IN ('self_logged', 'confirmed', 'verified')),
    certificate_file_id TEXT      REFERENCES files (id),
    logged_by           TEXT      NOT NULL REFERENCES accounts (id),
    logged_at           TIMESTAMP NOT NULL,
    logged_within       TEXT      REFERENCES organisations (id),
    confirmed_by        TEXT      REFERENCES accounts (id),
    confirmed_at        TIMESTAMP,
    session_id          TEXT      REFERENCES training_sessions (id),
    state               TEXT      NOT NULL CHECK (state IN ('standing', 'corrected', 'withdrawn')),
    corrects            TEXT,
    correction          TEXT,
    ended_by            TEXT      REFERENCES accounts (id),
    ended_at            TIMESTAMP,
    CHECK (expires_on > completed_on),
    CHECK ((source = 'verified') = (session_id IS NOT NULL))
);
INSERT INTO new_training_completions (id, person_id, module_id, completed_on, expires_on, provider, source,
        certificate_file_id, logged_by, logged_at, confirmed_by, confirmed_at, state)
    SELECT id, person_id, module_id, completed_on, expires_on, provider, source,
        certificate_file_id, logged_by, logged_at, confirmed_by, confirmed_at, 'standing' FROM training_completions;
DROP TABLE training_completions;
ALTER TABLE new_training_completions RENAME TO training_completions;
CREATE UNIQUE INDEX training_completions_once ON training_completions (person_id, module_id, completed_on) WHERE state = 'standing';
CREATE INDEX training_completions_by_person ON training_completions (person_id, state);
CREATE INDEX training_completions_by_module ON training_completions (module_id, person_id) WHERE state = 'standing';
CREATE INDEX training_completions_ending ON training_completions (expires_on) WHERE state = 'standing';
CREATE UNIQUE INDEX training_completions_of_session ON training_completions (session_id, person_id) WHERE state = 'standing';
