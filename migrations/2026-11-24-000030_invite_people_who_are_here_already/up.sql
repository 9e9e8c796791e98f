-- Whom an invitation is for, when they are on the record already without an account; and who sent it.
ALTER TABLE invitations ADD COLUMN person_id TEXT REFERENCES people (id);
ALTER TABLE invitations ADD COLUMN invited_by TEXT REFERENCES accounts (id);
CREATE UNIQUE INDEX invitations_open_once_each ON invitations (person_id) WHERE state = 'open';
CREATE INDEX invitations_by_sender ON invitations (invited_by, organisation_id);
