DROP TABLE pledge_signatures;
DROP TABLE pledge_commitments;
DROP TABLE pledges;
DROP TABLE charter_statements;
DROP TABLE charter_versions;
