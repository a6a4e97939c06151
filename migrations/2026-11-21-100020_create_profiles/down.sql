DROP TABLE profiles;
DROP TABLE tags;
