DROP INDEX training_sessions_of_the_charter;
ALTER TABLE training_sessions DROP COLUMN adult_contact;
-- Refuses where one person gave both signatures: without leave that cannot be said.
DROP INDEX pledge_signatures_two_people;
CREATE UNIQUE INDEX pledge_signatures_two_people ON pledge_signatures (pledge_id, account_id);
ALTER TABLE pledge_signatures DROP COLUMN leave_id;
DROP TABLE pledge_leaves;
DROP TABLE charter_invitations;
DROP TABLE charter_interests;
DROP TABLE programme_values;
