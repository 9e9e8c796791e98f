-- The trail: a name can be taken out of an entry without breaking the chain. Form 1 hashed the name itself; form 2 hashes a
-- salted digest of it, and erasing takes salt and name away; form 3 is an entry of form 1 whose name was erased.
ALTER TABLE audit_entries ADD COLUMN form INTEGER NOT NULL DEFAULT 1 CHECK (form IN (1, 2, 3));
ALTER TABLE audit_entries ADD COLUMN name_salt TEXT;
ALTER TABLE audit_entries ADD COLUMN name_digest TEXT;
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, sequence);

-- When someone was last let in, and when they were told that their account will be erased. Nobody counts as idle before today.
ALTER TABLE accounts ADD COLUMN signed_in_at TIMESTAMP;
ALTER TABLE accounts ADD COLUMN idle_warned_at TIMESTAMP;
UPDATE accounts SET signed_in_at = CURRENT_TIMESTAMP;
CREATE INDEX accounts_by_last_sign_in ON accounts (state, signed_in_at);
CREATE INDEX accounts_by_opening ON accounts (state, created_at);

-- Since when someone without an account belongs to no organisation any more.
ALTER TABLE people ADD COLUMN gone_since TIMESTAMP;
UPDATE people SET gone_since = (SELECT max(m.left_at) FROM memberships m WHERE m.person_id = people.id)
WHERE account_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = people.id AND m.state = 'active');
CREATE INDEX people_gone ON people (gone_since) WHERE gone_since IS NOT NULL;

-- The last letter to someone goes from the outbox as soon as it is sent.
ALTER TABLE outbox_messages ADD COLUMN is_last BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX outbox_messages_by_age ON outbox_messages (created_at);

-- The reviewer was erased while the organisation had it back: it goes into the queue when it is handed in again.
ALTER TABLE assessments ADD COLUMN reviewer_gone BOOLEAN NOT NULL DEFAULT FALSE;

-- What is kept for a time only is found by its age.
CREATE INDEX invitations_by_end ON invitations (expires_at);
CREATE INDEX invitations_by_address ON invitations (email);
CREATE INDEX account_links_by_end ON account_links (expires_at);
CREATE INDEX rescues_by_end ON rescues (state, open_until);
CREATE INDEX rescue_contacts_by_address ON rescue_contacts (address);
CREATE INDEX organisations_by_age ON organisations (state, created_at);
