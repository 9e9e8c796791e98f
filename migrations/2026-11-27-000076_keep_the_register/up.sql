-- The public register as it is read: kept with every change, so that no page counts or searches all pledges.
-- A place is a district’s code, or empty for the whole register.
CREATE TABLE register_places (
    place       TEXT NOT NULL,
    in_force_on DATE NOT NULL,
    pledge_id   TEXT NOT NULL REFERENCES pledges (id),
    PRIMARY KEY (place, in_force_on, pledge_id)
);
CREATE INDEX register_places_by_pledge ON register_places (pledge_id);

CREATE TABLE register_counts (
    place   TEXT   NOT NULL PRIMARY KEY,
    pledges BIGINT NOT NULL
);

-- The words of the organisations’ names, in hexadecimal: that has the same order in every collation.
CREATE TABLE register_words (
    place       TEXT NOT NULL,
    word        TEXT NOT NULL,
    pledge_id   TEXT NOT NULL REFERENCES pledges (id),
    in_force_on DATE NOT NULL,
    PRIMARY KEY (place, word, pledge_id)
);
CREATE INDEX register_words_by_pledge ON register_words (pledge_id);

-- Those whose words are still to be taken apart, which SQL cannot.
CREATE TABLE register_waiting (
    pledge_id TEXT NOT NULL PRIMARY KEY REFERENCES pledges (id)
);

INSERT INTO register_places (place, in_force_on, pledge_id)
    SELECT '', p.in_force_on, p.id FROM pledges p JOIN organisations o ON o.id = p.organisation_id
    WHERE p.state = 'in_force' AND o.standing = 'open';
INSERT INTO register_places (place, in_force_on, pledge_id)
    SELECT d.district_code, p.in_force_on, p.id FROM pledges p JOIN organisations o ON o.id = p.organisation_id
    JOIN organisation_districts d ON d.organisation_id = p.organisation_id
    WHERE p.state = 'in_force' AND o.standing = 'open';
INSERT INTO register_counts (place, pledges) SELECT place, COUNT(*) FROM register_places GROUP BY place;
INSERT INTO register_waiting (pledge_id) SELECT pledge_id FROM register_places WHERE place = '';

-- A statement of the Charter can have a picture, with what it shows in words; no part of what is promised, and of its hash.
ALTER TABLE charter_statements ADD COLUMN picture_file_id TEXT REFERENCES files (id);
ALTER TABLE charter_statements ADD COLUMN picture_words TEXT;
