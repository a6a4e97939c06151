DROP TABLE exports;
DROP TABLE deletions;
