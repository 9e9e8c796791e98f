DROP TABLE endorsements;
DROP TABLE review_decisions;
DROP TABLE review_findings;
DROP TABLE reviews;
