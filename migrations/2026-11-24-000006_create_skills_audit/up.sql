CREATE TABLE skill_groups (
    id       TEXT    NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    title    TEXT    NOT NULL,
    intro    TEXT    NOT NULL
);
CREATE TABLE skills (
    id        TEXT    NOT NULL PRIMARY KEY,
    group_id  TEXT    NOT NULL REFERENCES skill_groups (id),
    position  INTEGER NOT NULL,
    statement TEXT    NOT NULL,
    module_id TEXT    NOT NULL REFERENCES training_modules (id),
    area      TEXT    CHECK (area IN ('experiences', 'practice', 'organisation'))
);
CREATE TABLE skill_confidences (
    value   INTEGER NOT NULL PRIMARY KEY CHECK (value BETWEEN 1 AND 5),
    label   TEXT    NOT NULL,
    meaning TEXT    NOT NULL
);

CREATE TABLE skills_rounds (
    id        TEXT      NOT NULL PRIMARY KEY,
    title     TEXT      NOT NULL,
    state     TEXT      NOT NULL CHECK (state IN ('open', 'closed')),
    opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);
CREATE UNIQUE INDEX skills_rounds_one_open ON skills_rounds (state) WHERE state = 'open';

CREATE TABLE skills_responses (
    id              TEXT      NOT NULL PRIMARY KEY,
    round_id        TEXT      NOT NULL REFERENCES skills_rounds (id),
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    person_id       TEXT      NOT NULL REFERENCES people (id),
    state           TEXT      NOT NULL CHECK (state IN ('started', 'finished')),
    started_at      TIMESTAMP NOT NULL,
    finished_at     TIMESTAMP
);
CREATE UNIQUE INDEX skills_responses_once ON skills_responses (round_id, organisation_id, person_id);
CREATE INDEX skills_responses_by_person ON skills_responses (person_id, organisation_id);

-- No row is no answer: it is never counted as low.
CREATE TABLE skills_answers (
    response_id TEXT    NOT NULL REFERENCES skills_responses (id),
    skill_id    TEXT    NOT NULL REFERENCES skills (id),
    confidence  INTEGER NOT NULL CHECK (confidence BETWEEN 1 AND 5),
    wants       BOOLEAN NOT NULL,
    PRIMARY KEY (response_id, skill_id)
);
-- What an organisation is shown: copies of answers, taken for one skill at a time and never fewer than five at once,
-- so that no two pictures differ by the answers of fewer than five people.
CREATE TABLE skills_shown_answers (
    response_id TEXT    NOT NULL REFERENCES skills_responses (id),
    skill_id    TEXT    NOT NULL REFERENCES skills (id),
    confidence  INTEGER NOT NULL CHECK (confidence BETWEEN 1 AND 5),
    wants       BOOLEAN NOT NULL,
    PRIMARY KEY (response_id, skill_id)
);
CREATE TABLE skills_barriers (
    response_id TEXT NOT NULL REFERENCES skills_responses (id),
    barrier     TEXT NOT NULL CHECK (barrier IN ('cost', 'time', 'travel', 'cover', 'access-needs', 'confidence')),
    PRIMARY KEY (response_id, barrier)
);
