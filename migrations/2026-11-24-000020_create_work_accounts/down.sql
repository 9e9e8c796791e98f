DROP TABLE work_errands;
DROP TABLE work_accounts;
