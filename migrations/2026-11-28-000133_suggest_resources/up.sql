-- What helps with it: one thing on each line, words and perhaps a web address.
ALTER TABLE framework_indicators ADD COLUMN resources TEXT NOT NULL DEFAULT '';
