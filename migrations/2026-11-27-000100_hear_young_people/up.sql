-- What young people are asked. Each hangs on a standard of the framework, on a statement of the Charter, or on both.
CREATE TABLE voice_questions (
    id           TEXT    NOT NULL PRIMARY KEY,
    position     INTEGER NOT NULL,
    words        TEXT    NOT NULL,
    standard_id  TEXT,
    statement_id TEXT,
    is_asked     BOOLEAN NOT NULL
);

-- A time in which an organisation asks young people.
CREATE TABLE voice_rounds (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    -- What stands in the address of the form, and on the poster.
    code            TEXT      NOT NULL UNIQUE,
    state           TEXT      NOT NULL CHECK (state IN ('open', 'closed', 'answered')),
    -- How many young people could answer: no more forms are taken.
    expected        INTEGER   NOT NULL,
    -- How many forms have come.
    heard           INTEGER   NOT NULL,
    closes_on       DATE      NOT NULL,
    opened_by       TEXT      NOT NULL REFERENCES accounts (id),
    opened_at       TIMESTAMP NOT NULL,
    closed_at       TIMESTAMP,
    replied_by      TEXT REFERENCES accounts (id),
    replied_at      TIMESTAMP
);
CREATE UNIQUE INDEX voice_rounds_one_open ON voice_rounds (organisation_id) WHERE state = 'open';
CREATE INDEX voice_rounds_by_organisation ON voice_rounds (organisation_id, opened_at);
CREATE INDEX voice_rounds_open ON voice_rounds (closes_on) WHERE state = 'open';

-- The questions of a round, in the words in which they were asked.
CREATE TABLE voice_asked (
    round_id     TEXT    NOT NULL REFERENCES voice_rounds (id),
    question_id  TEXT    NOT NULL REFERENCES voice_questions (id),
    position     INTEGER NOT NULL,
    words        TEXT    NOT NULL,
    standard_id  TEXT,
    statement_id TEXT,
    PRIMARY KEY (round_id, question_id)
);

-- How many gave each answer. Nothing says which answers came together, or when.
CREATE TABLE voice_tallies (
    round_id    TEXT    NOT NULL,
    question_id TEXT    NOT NULL,
    answer      TEXT    NOT NULL CHECK (answer IN ('yes', 'sometimes', 'no')),
    people      INTEGER NOT NULL,
    PRIMARY KEY (round_id, question_id, answer),
    FOREIGN KEY (round_id, question_id) REFERENCES voice_asked (round_id, question_id)
);

-- How many said that they are of an age. Nothing says what they answered.
CREATE TABLE voice_ages (
    round_id TEXT    NOT NULL REFERENCES voice_rounds (id),
    age      TEXT    NOT NULL CHECK (age IN ('under-11', '11-13', '14-16', '17-19', 'over-19')),
    people   INTEGER NOT NULL,
    PRIMARY KEY (round_id, age)
);

-- The forms that have come, so that one sent twice counts once. They go when the round closes.
CREATE TABLE voice_slips (
    round_id TEXT NOT NULL REFERENCES voice_rounds (id),
    slip     TEXT NOT NULL,
    PRIMARY KEY (round_id, slip)
);

-- What was written in their own words. It has a random id and no day.
CREATE TABLE voice_words (
    id       TEXT NOT NULL PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES voice_rounds (id),
    words    TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'kept'))
);
CREATE INDEX voice_words_by_round ON voice_words (round_id, state);

-- That something was passed on as urgent; what it was is not kept here.
CREATE TABLE voice_escalations (
    id           TEXT      NOT NULL PRIMARY KEY,
    round_id     TEXT      NOT NULL REFERENCES voice_rounds (id),
    escalated_by TEXT      NOT NULL REFERENCES accounts (id),
    escalated_at TIMESTAMP NOT NULL
);
CREATE INDEX voice_escalations_by_round ON voice_escalations (round_id);

-- You said, we did.
CREATE TABLE voice_replies (
    id       TEXT    NOT NULL PRIMARY KEY,
    round_id TEXT    NOT NULL REFERENCES voice_rounds (id),
    position INTEGER NOT NULL,
    said     TEXT    NOT NULL,
    did      TEXT    NOT NULL,
    UNIQUE (round_id, position)
);
