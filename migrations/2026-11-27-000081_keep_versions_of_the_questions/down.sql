DROP TABLE skills_words;
DROP TABLE skills_held;
DROP TABLE skills_open_questions;
DROP TABLE skills_asked;
DROP TABLE skills_instruments;
