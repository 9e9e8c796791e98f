DROP TABLE record_verdicts;
DROP TABLE indicator_rules;
