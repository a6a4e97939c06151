-- Who wants to see and hear nothing of whom. The pair's row knows whether either does; this tells who, and since when.
CREATE TABLE blocks (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    blocked_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    -- The moment itself, not the transaction's begin: nothing is written to the other after it.
    blocked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, blocked_id),
    CHECK (user_id <> blocked_id)
);
CREATE INDEX blocks_blocked_id ON blocks (blocked_id, user_id);
CREATE INDEX blocks_newest ON blocks (user_id, blocked_at DESC, blocked_id DESC);
