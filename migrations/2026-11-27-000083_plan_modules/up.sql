-- Modules that an organisation means to do together; one plan for each that is not done yet.
CREATE TABLE training_plans (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    module_id       TEXT      NOT NULL REFERENCES training_modules (id),
    state           TEXT      NOT NULL CHECK (state IN ('planned', 'done', 'dropped')),
    -- Why, in words: what the skills audit showed.
    reason          TEXT      NOT NULL,
    planned_by      TEXT      NOT NULL REFERENCES accounts (id),
    planned_at      TIMESTAMP NOT NULL,
    settled_at      TIMESTAMP,
    CHECK ((state = 'planned') = (settled_at IS NULL))
);
CREATE UNIQUE INDEX training_plans_one_open ON training_plans (organisation_id, module_id) WHERE state = 'planned';
CREATE INDEX training_plans_by_organisation ON training_plans (organisation_id, planned_at);
