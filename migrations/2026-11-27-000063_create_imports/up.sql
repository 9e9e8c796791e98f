-- People and past training out of a spreadsheet. What was read waits here until someone adds it or a day is over.
CREATE TABLE imports (
    id                TEXT      NOT NULL PRIMARY KEY,
    -- None for one of many organisations, by the VRP.
    organisation_id   TEXT      REFERENCES organisations (id),
    begun_by          TEXT      NOT NULL REFERENCES accounts (id),
    begun_at          TIMESTAMP NOT NULL,
    file_name         TEXT      NOT NULL,
    -- JSON: what was read beside the rows.
    about             TEXT      NOT NULL,
    -- JSON: what each column means; empty until someone has said so.
    meanings          TEXT      NOT NULL,
    -- JSON: by name in the sheet, which person it is.
    choices           TEXT      NOT NULL,
    state             TEXT      NOT NULL CHECK (state IN ('receiving', 'waiting', 'importing', 'taking_back', 'done', 'undoing', 'undone')),
    concluded_by      TEXT      REFERENCES accounts (id),
    concluded_at      TIMESTAMP,
    undone_at         TIMESTAMP
);
CREATE INDEX imports_of_organisation ON imports (organisation_id, begun_at);
CREATE INDEX imports_under_way ON imports (state) WHERE state IN ('receiving', 'waiting', 'importing', 'taking_back', 'undoing');

CREATE TABLE import_rows (
    import_id TEXT    NOT NULL REFERENCES imports (id),
    number    INTEGER NOT NULL,
    -- JSON
    cells     TEXT    NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- What was added to one organisation: all of it in one transaction.
CREATE TABLE import_parts (
    import_id         TEXT      NOT NULL REFERENCES imports (id),
    organisation_id   TEXT      NOT NULL REFERENCES organisations (id),
    state             TEXT      NOT NULL CHECK (state IN ('added', 'undone')),
    people            INTEGER   NOT NULL,
    completions       INTEGER   NOT NULL,
    people_kept       INTEGER   NOT NULL,
    completions_kept  INTEGER   NOT NULL,
    PRIMARY KEY (import_id, organisation_id)
);

ALTER TABLE memberships ADD COLUMN import_id TEXT;
ALTER TABLE training_completions ADD COLUMN import_id TEXT;
CREATE INDEX memberships_of_import ON memberships (import_id, organisation_id) WHERE import_id IS NOT NULL;
CREATE INDEX training_completions_of_import ON training_completions (import_id, logged_within) WHERE import_id IS NOT NULL;
