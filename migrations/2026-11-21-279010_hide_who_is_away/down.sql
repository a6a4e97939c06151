ALTER TABLE profiles DROP COLUMN filled;
ALTER TABLE profiles DROP COLUMN away;
ALTER TABLE profiles ADD filled boolean NOT NULL GENERATED ALWAYS AS
    (zip_code IS NOT NULL AND hobbies <> '{}' AND interests <> '{}') STORED;
CREATE INDEX profiles_deck ON profiles (zip_code)
    INCLUDE (user_id, tag_bits, effective_radius, active_on, shuffle, birth_date, tags)
    WHERE filled AND NOT paused;
