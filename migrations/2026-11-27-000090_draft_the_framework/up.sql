-- The VRP writes the next framework in its pages. A draft has no number yet: 0 stands there until it is published.
ALTER TABLE framework_versions ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE framework_versions ADD COLUMN begun_by TEXT REFERENCES accounts (id);
ALTER TABLE framework_versions ADD COLUMN begun_at TIMESTAMP;
CREATE UNIQUE INDEX framework_versions_one_draft ON framework_versions (state) WHERE state = 'draft';
-- How young people can speak to it.
ALTER TABLE framework_indicators ADD COLUMN voice TEXT NOT NULL DEFAULT '';
-- The indicator that it was split from: what was answered there is shown beside it, and answers nothing here.
ALTER TABLE framework_indicators ADD COLUMN comes_from TEXT;
-- Against the version before, its meaning has changed: whoever answered it looks at it again.
ALTER TABLE framework_indicators ADD COLUMN asks_anew BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX framework_indicators_by_id ON framework_indicators (id);

-- The words explained belong to a version, as the questions do.
CREATE TABLE framework_terms (
    framework_version_id TEXT NOT NULL REFERENCES framework_versions (id),
    term                 TEXT NOT NULL,
    meaning              TEXT NOT NULL,
    PRIMARY KEY (framework_version_id, term)
);
INSERT INTO framework_terms (framework_version_id, term, meaning)
    SELECT framework_versions.id, glossary_terms.term, glossary_terms.meaning
    FROM framework_versions CROSS JOIN glossary_terms;
DROP TABLE glossary_terms;

-- A file that was read and waits for someone to say that it takes the place of the draft.
CREATE TABLE framework_files (
    framework_version_id TEXT      NOT NULL PRIMARY KEY REFERENCES framework_versions (id),
    text                 TEXT      NOT NULL,
    read_at              TIMESTAMP NOT NULL
);
-- How far self-assessments under way have been brought to a version since it was published.
CREATE TABLE framework_publications (
    framework_version_id TEXT      NOT NULL PRIMARY KEY REFERENCES framework_versions (id),
    -- How many were under way when it was published, and how many have been brought over.
    wanted               BIGINT    NOT NULL,
    carried              BIGINT    NOT NULL,
    finished_at          TIMESTAMP
);
CREATE INDEX assessments_being_written ON assessments (framework_version_id, id) WHERE state = 'draft';
-- The question asks for something else by now: the answer is kept, and counts once someone has looked at it again.
ALTER TABLE assessment_answers ADD COLUMN asked_anew BOOLEAN NOT NULL DEFAULT FALSE;
