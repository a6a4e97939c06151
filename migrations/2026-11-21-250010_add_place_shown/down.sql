ALTER TABLE profiles DROP COLUMN place_shown;
