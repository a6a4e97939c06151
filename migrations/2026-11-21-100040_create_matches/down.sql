DROP TABLE match_members;
DROP TABLE conversations;
DROP TABLE later;
DROP TABLE likes_in;
DROP TABLE likes;
DROP TABLE pairs;
