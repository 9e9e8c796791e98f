-- How an approved organisation stands: beside its state, which is about coming into the programme.
ALTER TABLE organisations ADD COLUMN standing TEXT NOT NULL DEFAULT 'open' CHECK (standing IN ('open', 'suspended', 'closed'));
-- When that last changed.
ALTER TABLE organisations ADD COLUMN standing_since TIMESTAMP;
CREATE INDEX organisations_not_open ON organisations (standing) WHERE standing <> 'open';

-- Every change of a standing, with its reason. Rows are added, never changed.
CREATE TABLE standing_changes (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    was             TEXT      NOT NULL CHECK (was IN ('open', 'suspended', 'closed')),
    became          TEXT      NOT NULL CHECK (became IN ('open', 'suspended', 'closed')),
    reason          TEXT      NOT NULL,
    changed_by      TEXT      NOT NULL REFERENCES accounts (id),
    changed_as      TEXT      NOT NULL CHECK (changed_as IN ('steward', 'lead')),
    changed_at      TIMESTAMP NOT NULL,
    CHECK (was <> became),
    CHECK (changed_as = 'steward' OR became = 'closed')
);
CREATE INDEX standing_changes_by_organisation ON standing_changes (organisation_id, changed_at);
