DROP TABLE review_interests;
CREATE TABLE programme_values_of_two_names (
    name       TEXT      NOT NULL PRIMARY KEY CHECK (name IN ('pledge_months', 'training_first')),
    value      TEXT      NOT NULL,
    changed_by TEXT      REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL
);
INSERT INTO programme_values_of_two_names (name, value, changed_by, changed_at)
SELECT name, value, changed_by, changed_at FROM programme_values WHERE name IN ('pledge_months', 'training_first');
DROP TABLE programme_values;
ALTER TABLE programme_values_of_two_names RENAME TO programme_values;
