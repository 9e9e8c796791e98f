DROP TABLE review_nudges;
DROP TABLE review_handovers;
