-- The rules of a module: how long a completion counts, who must have it, and what else counts as it.
ALTER TABLE training_modules ADD COLUMN expiry_basis TEXT NOT NULL DEFAULT 'completion'
    CHECK (expiry_basis IN ('completion', 'previous_expiry', 'fixed_day'));
-- Renewing so many days before the end loses no time.
ALTER TABLE training_modules ADD COLUMN renewal_days INTEGER NOT NULL DEFAULT 60 CHECK (renewal_days BETWEEN 0 AND 366);
-- Month and day, such as 08-31.
ALTER TABLE training_modules ADD COLUMN fixed_day TEXT;
-- JSON: a list of requirements, of which meeting one is enough.
ALTER TABLE training_modules ADD COLUMN required_of TEXT NOT NULL DEFAULT '[]';
-- Nobody can have completed it before.
ALTER TABLE training_modules ADD COLUMN since_on DATE;
ALTER TABLE training_modules ADD COLUMN state TEXT NOT NULL DEFAULT 'offered' CHECK (state IN ('offered', 'retired'));
ALTER TABLE training_modules ADD COLUMN qualification_level INTEGER CHECK (qualification_level BETWEEN 1 AND 8);
ALTER TABLE training_modules ADD COLUMN awarding_body TEXT;

UPDATE training_modules SET required_of =
    '[{"roles":["lead","signatory","practitioner"],"engagements":["paid","volunteer"],"accountable":false,"legal_forms":[]}]'
    WHERE pathway = 'core';
UPDATE training_modules SET required_of =
    '[{"roles":["lead","signatory","practitioner"],"engagements":["paid","volunteer"],"accountable":false,"legal_forms":[]},{"roles":[],"engagements":[],"accountable":true,"legal_forms":[]}]'
    WHERE id = 'safeguarding';
UPDATE training_modules SET required_of = '[{"roles":[],"engagements":[],"accountable":true,"legal_forms":[]}]'
    WHERE pathway = 'accountability';

-- A course by others that counts as a module.
CREATE TABLE training_equivalents (
    id        TEXT NOT NULL PRIMARY KEY,
    module_id TEXT NOT NULL REFERENCES training_modules (id),
    title     TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('offered', 'retired'))
);
CREATE UNIQUE INDEX training_equivalents_once ON training_equivalents (module_id, title);

-- New rules for a module: written, tried on everyone's records, then applied to them, both in batches.
CREATE TABLE training_rule_changes (
    id             TEXT      NOT NULL PRIMARY KEY,
    module_id      TEXT      NOT NULL REFERENCES training_modules (id),
    rules          TEXT      NOT NULL,
    rules_before   TEXT      NOT NULL,
    state          TEXT      NOT NULL CHECK (state IN ('writing', 'trying', 'tried', 'applying', 'applied', 'dropped')),
    -- One more with every change that somebody makes to it.
    edition        INTEGER   NOT NULL,
    written_by     TEXT      NOT NULL REFERENCES accounts (id),
    written_at     TIMESTAMP NOT NULL,
    tried_at       TIMESTAMP,
    -- The last person that a batch came to.
    reached        TEXT      NOT NULL,
    -- People who are active somewhere, or have completed the module.
    looked_at      BIGINT    NOT NULL,
    -- Completions whose last day is another under the new rules.
    ends_to_change BIGINT    NOT NULL,
    ends_changed   BIGINT    NOT NULL,
    applied_at     TIMESTAMP
);
CREATE UNIQUE INDEX training_rule_changes_one_open ON training_rule_changes (module_id)
    WHERE state IN ('writing', 'trying', 'tried', 'applying');
CREATE INDEX training_rule_changes_to_do ON training_rule_changes (written_at) WHERE state IN ('trying', 'applying');
CREATE INDEX training_rule_changes_applied ON training_rule_changes (module_id, applied_at) WHERE state IN ('applying', 'applied');

-- What a trial found: so many people, from such a month on. Nobody is in two of them.
CREATE TABLE training_rule_effects (
    change_id TEXT    NOT NULL REFERENCES training_rule_changes (id),
    effect    TEXT    NOT NULL CHECK (effect IN ('newly_required', 'no_longer_required', 'out_of_date', 'in_date_again', 'sooner', 'later')),
    -- Such as 2027-03; empty for never.
    month     TEXT    NOT NULL,
    people    BIGINT  NOT NULL,
    PRIMARY KEY (change_id, effect, month)
);

-- The organisations that these people are active in.
CREATE TABLE training_rule_organisations (
    change_id       TEXT NOT NULL REFERENCES training_rule_changes (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (change_id, organisation_id)
);
