-- How many people of an organisation said what, by role; counted anew when something has changed.
-- `what` is a word such as people, low/do-a-risk-assessment, wants/do-a-risk-assessment or barrier/cost.
CREATE TABLE skills_organisation_counts (
    round_id        TEXT   NOT NULL REFERENCES skills_rounds (id),
    organisation_id TEXT   NOT NULL REFERENCES organisations (id),
    role            TEXT   NOT NULL,
    what            TEXT   NOT NULL,
    people          BIGINT NOT NULL,
    PRIMARY KEY (round_id, organisation_id, role, what)
);
-- The same of the whole sector: the sum of all organisations, kept up to date with each.
CREATE TABLE skills_counts (
    round_id TEXT   NOT NULL REFERENCES skills_rounds (id),
    -- A district's code, 'several' or 'none'.
    district TEXT   NOT NULL,
    role     TEXT   NOT NULL,
    what     TEXT   NOT NULL,
    people   BIGINT NOT NULL,
    PRIMARY KEY (round_id, district, role, what)
);
