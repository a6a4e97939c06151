DROP INDEX profiles_deck;
CREATE INDEX profiles_deck ON profiles (zip_code)
    INCLUDE (user_id, tags, effective_radius, active_on, shuffle, birth_date)
    WHERE filled AND NOT paused;

ALTER TABLE profiles DROP COLUMN tag_bits;
DROP FUNCTION tag_bits(integer[]);
