-- What colleagues say to each other about an answer. No reviewer reads it.
CREATE TABLE answer_comments (
    id            TEXT      NOT NULL PRIMARY KEY,
    assessment_id TEXT      NOT NULL REFERENCES assessments (id),
    indicator_id  TEXT      NOT NULL,
    written_by    TEXT      NOT NULL REFERENCES accounts (id),
    written_at    TIMESTAMP NOT NULL,
    words         TEXT      NOT NULL
);
CREATE INDEX answer_comments_by_indicator ON answer_comments (assessment_id, indicator_id, written_at);
CREATE INDEX answer_comments_by_writer ON answer_comments (written_by);

-- What an organisation works towards in one indicator. It is the organisation's, and outlives each assessment.
CREATE TABLE planned_actions (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    indicator_id    TEXT      NOT NULL,
    aim             TEXT      NOT NULL CHECK (aim IN ('emerging', 'established', 'excelling')),
    first_step      TEXT      NOT NULL,
    due_on          DATE      NOT NULL,
    -- Whose it is; nobody: the leads together.
    owned_by        TEXT      REFERENCES accounts (id),
    -- Who helps, in words; may be empty.
    helper          TEXT      NOT NULL,
    -- How young people are part of it; may be empty.
    young_people    TEXT      NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('planned', 'under_way', 'done', 'dropped')),
    -- How it went; may be empty.
    outcome         TEXT      NOT NULL,
    added_by        TEXT      NOT NULL REFERENCES accounts (id),
    added_at        TIMESTAMP NOT NULL,
    closed_at       TIMESTAMP,
    -- The last day for it that someone was last written to about.
    told_of         DATE
);
CREATE UNIQUE INDEX planned_actions_one_open ON planned_actions (organisation_id, indicator_id)
    WHERE state IN ('planned', 'under_way');
CREATE INDEX planned_actions_by_organisation ON planned_actions (organisation_id, due_on);
CREATE INDEX planned_actions_by_owner ON planned_actions (owned_by, organisation_id);
CREATE INDEX planned_actions_due ON planned_actions (due_on, id) WHERE state IN ('planned', 'under_way');
