-- Out of everybody's sight, because of the account's state: kept out by a moderator, being deleted, or gone.
ALTER TABLE profiles ADD away boolean NOT NULL DEFAULT false;

-- "Has what a person must have to be shown" includes being here: whatever asks for it needn't ask for anything new.
-- Its index goes with it.
ALTER TABLE profiles DROP COLUMN filled;
ALTER TABLE profiles ADD filled boolean NOT NULL GENERATED ALWAYS AS
    (zip_code IS NOT NULL AND hobbies <> '{}' AND interests <> '{}' AND NOT away) STORED;
CREATE INDEX profiles_deck ON profiles (zip_code)
    INCLUDE (user_id, tag_bits, effective_radius, active_on, shuffle, birth_date, tags)
    WHERE filled AND NOT paused;
