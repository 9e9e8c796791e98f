CREATE TABLE skills_instruments (
    number  INTEGER   NOT NULL PRIMARY KEY,
    made_at TIMESTAMP NOT NULL,
    -- Null for the first, which comes with the portal.
    made_by TEXT REFERENCES accounts (id),
    -- What is different from the version before.
    change  TEXT      NOT NULL
);
-- What a version asks. The skills themselves keep their ids in every version.
CREATE TABLE skills_asked (
    instrument INTEGER NOT NULL REFERENCES skills_instruments (number),
    skill_id   TEXT    NOT NULL REFERENCES skills (id),
    group_id   TEXT    NOT NULL REFERENCES skill_groups (id),
    position   INTEGER NOT NULL,
    statement  TEXT    NOT NULL,
    module_id  TEXT    NOT NULL REFERENCES training_modules (id),
    area       TEXT    CHECK (area IN ('experiences', 'practice', 'organisation')),
    -- A code of the National Occupational Standards for Youth Work, where it is certain.
    standard   TEXT,
    PRIMARY KEY (instrument, skill_id)
);
-- Open questions, answered in one's own words.
CREATE TABLE skills_open_questions (
    instrument INTEGER NOT NULL REFERENCES skills_instruments (number),
    id         TEXT    NOT NULL,
    position   INTEGER NOT NULL,
    question   TEXT    NOT NULL,
    PRIMARY KEY (instrument, id)
);
INSERT INTO skills_instruments (number, made_at, change)
    SELECT 1, MIN(opened_at), 'The first' FROM skills_rounds HAVING COUNT(*) > 0;
INSERT INTO skills_asked (instrument, skill_id, group_id, position, statement, module_id, area)
    SELECT skills_instruments.number, skills.id, skills.group_id, skills.position, skills.statement, skills.module_id, skills.area
    FROM skills CROSS JOIN skills_instruments;

-- Modules someone says they hold already.
CREATE TABLE skills_held (
    response_id TEXT NOT NULL REFERENCES skills_responses (id),
    module_id   TEXT NOT NULL REFERENCES training_modules (id),
    PRIMARY KEY (response_id, module_id)
);
CREATE TABLE skills_words (
    response_id TEXT NOT NULL REFERENCES skills_responses (id),
    question_id TEXT NOT NULL,
    words       TEXT NOT NULL,
    PRIMARY KEY (response_id, question_id)
);
