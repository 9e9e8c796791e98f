-- An approved organisation that other organisations can let see their totals.
CREATE TABLE umbrellas (
    organisation_id TEXT      NOT NULL PRIMARY KEY REFERENCES organisations (id),
    state           TEXT      NOT NULL CHECK (state IN ('marked', 'ended')),
    marked_at       TIMESTAMP NOT NULL,
    ended_at        TIMESTAMP,
    -- When its picture is to be looked at next.
    look_at         TIMESTAMP NOT NULL,
    CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE INDEX umbrellas_to_look_at ON umbrellas (look_at) WHERE state = 'marked';

-- What an organisation answered to an umbrella body. One row for each pair; what happened before is in the trail.
CREATE TABLE affiliations (
    id              TEXT      NOT NULL PRIMARY KEY,
    umbrella_id     TEXT      NOT NULL REFERENCES umbrellas (organisation_id),
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    state           TEXT      NOT NULL CHECK (state IN ('asked', 'consented', 'declined', 'withdrawn', 'ended')),
    message         TEXT      NOT NULL,
    asked_at        TIMESTAMP NOT NULL,
    changed_at      TIMESTAMP NOT NULL,
    CHECK (umbrella_id <> organisation_id)
);
CREATE UNIQUE INDEX affiliations_one_of_each ON affiliations (umbrella_id, organisation_id);
CREATE INDEX affiliations_by_organisation ON affiliations (organisation_id, state);

-- The picture that an umbrella body sees: when each table was drawn, and whether it is shown now.
CREATE TABLE umbrella_tables (
    umbrella_id TEXT      NOT NULL REFERENCES umbrellas (organisation_id),
    name        TEXT      NOT NULL,
    drawn_at    TIMESTAMP NOT NULL,
    shown       BOOLEAN   NOT NULL,
    PRIMARY KEY (umbrella_id, name)
);
-- Its numbers. Several categories can be one number: their words stand with spaces between.
CREATE TABLE umbrella_figures (
    umbrella_id TEXT    NOT NULL,
    table_name  TEXT    NOT NULL,
    position    INTEGER NOT NULL,
    categories  TEXT    NOT NULL,
    amount      BIGINT  NOT NULL,
    PRIMARY KEY (umbrella_id, table_name, position),
    FOREIGN KEY (umbrella_id, table_name) REFERENCES umbrella_tables (umbrella_id, name)
);
-- What each organisation brought to it, to compare with before the next is drawn. Nobody is shown this.
CREATE TABLE umbrella_copies (
    umbrella_id     TEXT    NOT NULL,
    table_name      TEXT    NOT NULL,
    organisation_id TEXT    NOT NULL REFERENCES organisations (id),
    category        TEXT    NOT NULL,
    amount          INTEGER NOT NULL,
    PRIMARY KEY (umbrella_id, table_name, organisation_id, category),
    FOREIGN KEY (umbrella_id, table_name) REFERENCES umbrella_tables (umbrella_id, name)
);
CREATE INDEX umbrella_copies_by_organisation ON umbrella_copies (organisation_id);
