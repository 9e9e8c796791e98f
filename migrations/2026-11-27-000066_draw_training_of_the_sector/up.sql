-- The census of training across the sector, taken once a day in batches; pages read the last one that was finished.
-- None of it says anything of one person.
CREATE TABLE sector_censuses (
    id       TEXT      NOT NULL PRIMARY KEY,
    -- What it is counting.
    state    TEXT      NOT NULL CHECK (state IN ('people', 'organisations', 'sessions', 'taken')),
    as_of    DATE      NOT NULL,
    -- The last person, organisation or session that a batch came to.
    reached  TEXT      NOT NULL,
    began_at TIMESTAMP NOT NULL,
    taken_at TIMESTAMP,
    CHECK ((state = 'taken') = (taken_at IS NOT NULL))
);
CREATE UNIQUE INDEX sector_censuses_once_a_day ON sector_censuses (as_of);

-- People of whom training is required, each counted once, and those of them who hold all of it in date.
CREATE TABLE sector_people (
    census_id TEXT   NOT NULL REFERENCES sector_censuses (id),
    -- A district's code, 'several' or 'none'.
    district  TEXT   NOT NULL,
    -- A legal form, 'several' or 'none'.
    kind      TEXT   NOT NULL,
    people    BIGINT NOT NULL,
    in_date   BIGINT NOT NULL,
    PRIMARY KEY (census_id, district, kind)
);

-- People of whom a module is required.
CREATE TABLE sector_modules (
    census_id TEXT   NOT NULL REFERENCES sector_censuses (id),
    module_id TEXT   NOT NULL REFERENCES training_modules (id),
    people    BIGINT NOT NULL,
    in_date   BIGINT NOT NULL,
    -- Of those in date, whose end is within 60 days.
    ends_soon BIGINT NOT NULL,
    PRIMARY KEY (census_id, module_id)
);

CREATE TABLE sector_organisations (
    census_id     TEXT   NOT NULL REFERENCES sector_censuses (id),
    district      TEXT   NOT NULL,
    kind          TEXT   NOT NULL,
    organisations BIGINT NOT NULL,
    -- Of those, who never had a place on any session.
    without_place BIGINT NOT NULL,
    PRIMARY KEY (census_id, district, kind)
);

-- The organisations that never had a place on any session.
CREATE TABLE sector_newcomers (
    census_id       TEXT NOT NULL REFERENCES sector_censuses (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    district        TEXT NOT NULL,
    sort_name       TEXT NOT NULL,
    PRIMARY KEY (census_id, organisation_id)
);
CREATE INDEX sector_newcomers_by_name ON sector_newcomers (census_id, sort_name, organisation_id);
CREATE INDEX sector_newcomers_by_district ON sector_newcomers (census_id, district, sort_name, organisation_id);

-- Sessions of the last twelve months whose register is finished.
CREATE TABLE sector_sessions (
    census_id   TEXT   NOT NULL REFERENCES sector_censuses (id),
    -- Such as 2026-11.
    month       TEXT   NOT NULL,
    provider_id TEXT   NOT NULL REFERENCES training_providers (id),
    sessions    BIGINT NOT NULL,
    -- People who came, counted at each session they came to.
    attended    BIGINT NOT NULL,
    -- The length of each session times the people who came.
    minutes     BIGINT NOT NULL,
    -- Of the longest session.
    longest     BIGINT NOT NULL,
    -- What people said, at sessions where five or more did.
    answers     BIGINT NOT NULL,
    ratings     BIGINT NOT NULL,
    PRIMARY KEY (census_id, month, provider_id)
);
