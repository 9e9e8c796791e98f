DROP TABLE account_links;
DROP TABLE account_sessions;
DROP TABLE account_roles;
DROP TABLE accounts;
