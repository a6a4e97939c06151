-- Accounts that their owners want deleted, and when that is due. A login before then takes the row away.
CREATE TABLE deletions (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erase_at timestamptz NOT NULL
);
CREATE INDEX deletions_due ON deletions (erase_at);

-- Copies of everything that people asked for; the archives lie in the bucket.
CREATE TABLE exports (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'ready', 'failed')),
    size bigint,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ready_at timestamptz,
    expires_at timestamptz,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX exports_expiry ON exports (expires_at);
