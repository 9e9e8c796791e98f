ALTER TABLE endorsements DROP COLUMN told_months;
DROP TABLE learning_conversations;
