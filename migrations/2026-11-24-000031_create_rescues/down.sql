DROP INDEX outbox_messages_by_recipient;
DROP TABLE lead_nudges;
DROP TABLE rescue_contacts;
DROP TABLE rescues;
