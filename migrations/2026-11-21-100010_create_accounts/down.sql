DROP TABLE sessions;
DROP TABLE emails;
DROP TABLE usernames;
DROP TABLE users;
