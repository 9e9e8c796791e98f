DROP TABLE sector_sessions;
DROP TABLE sector_newcomers;
DROP TABLE sector_organisations;
DROP TABLE sector_modules;
DROP TABLE sector_people;
DROP TABLE sector_censuses;
