-- Who had a review before: they do not decide it either.
CREATE TABLE review_handovers (
    review_id        TEXT      NOT NULL REFERENCES reviews (id),
    number           INTEGER   NOT NULL CHECK (number > 0),
    from_reviewer_id TEXT      NOT NULL REFERENCES accounts (id),
    to_reviewer_id   TEXT      NOT NULL REFERENCES accounts (id),
    reason           TEXT      NOT NULL CHECK (reason <> ''),
    handed_by        TEXT      NOT NULL REFERENCES accounts (id),
    handed_at        TIMESTAMP NOT NULL,
    PRIMARY KEY (review_id, number),
    CHECK (from_reviewer_id <> to_reviewer_id)
);

-- Each day that is near or past is spoken of once.
CREATE TABLE review_nudges (
    review_id TEXT      NOT NULL REFERENCES reviews (id),
    kind      TEXT      NOT NULL CHECK (kind IN ('review_near', 'review_past', 'decision_near', 'decision_past')),
    sent_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (review_id, kind)
);
