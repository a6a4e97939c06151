-- What others read of where somebody is. Distance bands don't depend on it.
ALTER TABLE profiles ADD place_shown text NOT NULL DEFAULT 'town'
    CHECK (place_shown IN ('town', 'state', 'hidden'));
