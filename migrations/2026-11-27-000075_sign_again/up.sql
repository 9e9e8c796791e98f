-- A new Charter asks everyone to sign again by a day. Each organisation is told once of each mark on the way.
ALTER TABLE charter_versions ADD COLUMN sign_again_by DATE;
CREATE TABLE sign_again_notices (
    pledge_id          TEXT      NOT NULL REFERENCES pledges (id),
    charter_version_id TEXT      NOT NULL REFERENCES charter_versions (id),
    kind               TEXT      NOT NULL CHECK (kind IN ('published', 'in_30_days', 'in_7_days', 'last_day')),
    sent_at            TIMESTAMP NOT NULL,
    PRIMARY KEY (pledge_id, charter_version_id, kind)
);
CREATE INDEX pledges_in_force_by_charter ON pledges (charter_version_id, ends_on) WHERE state = 'in_force';
