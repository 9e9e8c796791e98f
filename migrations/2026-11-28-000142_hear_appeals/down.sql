DROP TABLE review_appeals;
DROP INDEX endorsements_review;
DROP INDEX endorsements_by_assessment;
CREATE UNIQUE INDEX endorsements_assessment ON endorsements (assessment_id);
DROP INDEX reviews_one_an_assessment;
CREATE UNIQUE INDEX reviews_one_an_assessment ON reviews (assessment_id);
ALTER TABLE reviews DROP COLUMN set_aside_at;
