CREATE TABLE training_modules (
    id              TEXT    NOT NULL PRIMARY KEY,
    position        INTEGER NOT NULL,
    title           TEXT    NOT NULL,
    short_title     TEXT    NOT NULL,
    pathway         TEXT    NOT NULL CHECK (pathway IN ('core', 'accountability', 'cpd')),
    summary         TEXT    NOT NULL,
    minimum_content TEXT    NOT NULL,
    refresh_months  INTEGER CHECK (refresh_months > 0)
);

CREATE TABLE training_completions (
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
CREATE UNIQUE INDEX training_completions_once ON training_completions (person_id, module_id, completed_on);
