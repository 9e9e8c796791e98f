DROP TABLE register_waiting;
DROP TABLE register_words;
DROP TABLE register_counts;
DROP TABLE register_places;
