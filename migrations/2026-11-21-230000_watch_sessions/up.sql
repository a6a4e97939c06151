ALTER TABLE users ADD state text NOT NULL DEFAULT 'active'
    CHECK (state IN ('active', 'suspended', 'banned', 'deleting', 'deleted'));

-- When the password was last given.
ALTER TABLE sessions ADD fresh_at timestamptz;
UPDATE sessions SET fresh_at = created_at;
ALTER TABLE sessions ALTER fresh_at SET DEFAULT now(), ALTER fresh_at SET NOT NULL;

-- Sessions that ended while an access token of theirs may live: every server reads them, by number. No foreign keys:
-- a revocation outlives the account.
CREATE TABLE revocations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id uuid NOT NULL,
    user_id uuid NOT NULL,
    reason text NOT NULL,
    -- The moment of the insert: the transaction may have begun earlier.
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Who did what to whose safety, and when. No foreign keys: what happened stays, for its 180 days.
CREATE TABLE security_events (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    -- Nobody, if a name that nobody has was tried.
    user_id uuid,
    event text NOT NULL,
    -- The session, person or thing that it is about.
    about uuid,
    -- The first 24 bits of an IPv4 address, 48 of an IPv6 address.
    network text
);
CREATE INDEX security_events_user_id ON security_events (user_id);
