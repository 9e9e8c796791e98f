DROP TABLE training_pictures;
DROP TABLE notice_marks;
DROP TABLE notice_choices;
DROP TABLE training_notices;
DROP TABLE training_record_link_modules;
DROP TABLE training_record_links;
ALTER TABLE outbox_messages DROP COLUMN unsubscribe;
ALTER TABLE training_completions DROP COLUMN confirmed_within;
ALTER TABLE memberships DROP COLUMN training_shared;
