DROP TABLE group_letter_recipients;
DROP TABLE group_letters;
DROP TABLE charter_funnel;
DROP TABLE charter_steps;
DROP TABLE charter_censuses;
