DROP INDEX endorsements_to_offer;
ALTER TABLE endorsements DROP COLUMN practice_offered;
DROP TABLE good_practices;
