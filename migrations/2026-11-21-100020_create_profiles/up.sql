-- Hobbies and interests, normalised. Reference data: it grows with the language, not with the users, so a serial is fine.
CREATE TABLE tags (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    uses bigint NOT NULL DEFAULT 0,
    -- What sharing it is worth: 100 (everybody has it) to 1,000 (hardly anybody has).
    weight integer NOT NULL DEFAULT 1000 CHECK (weight BETWEEN 100 AND 1000)
);
CREATE INDEX tags_by_prefix ON tags (name text_pattern_ops);

CREATE TABLE profiles (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    display_name text NOT NULL,
    first_name text,
    last_name text,
    birth_date date,
    bio text NOT NULL DEFAULT '',
    hobbies integer[] NOT NULL DEFAULT '{}',
    interests integer[] NOT NULL DEFAULT '{}',
    tags integer[] NOT NULL GENERATED ALWAYS AS (hobbies || interests) STORED,
    zip_code integer REFERENCES zip_codes ON DELETE RESTRICT,
    friend_radius smallint NOT NULL DEFAULT 25 CHECK (friend_radius BETWEEN 1 AND 500),
    -- friend_radius at the next fixed edge: the radius that counts.
    effective_radius smallint NOT NULL DEFAULT 25 CHECK (effective_radius IN (5, 10, 25, 50, 100, 250, 500)),
    paused boolean NOT NULL DEFAULT false,
    active_on date NOT NULL DEFAULT CURRENT_DATE,
    -- The id's last 32 bits: order among equals, mixed anew for every viewer.
    shuffle integer NOT NULL,
    -- Has what a person must have to be shown and to see the deck.
    filled boolean NOT NULL GENERATED ALWAYS AS
        (zip_code IS NOT NULL AND hobbies <> '{}' AND interests <> '{}') STORED,
    updated_at timestamptz NOT NULL DEFAULT now()
)
-- The deck reads only its index where VACUUM has been: often enough is worth more than seldom.
WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- The deck's index: everything that the score needs, by ZIP.
CREATE INDEX profiles_deck ON profiles (zip_code)
    INCLUDE (user_id, tags, effective_radius, active_on, shuffle, birth_date)
    WHERE filled AND NOT paused;
