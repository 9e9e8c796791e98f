DROP TABLE number_series;
DROP TABLE files;
DROP TABLE outbox_messages;
DROP TABLE audit_heads;
DROP TABLE audit_entries;
