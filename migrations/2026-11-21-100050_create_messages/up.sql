CREATE TABLE messages (
    match_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    seq bigint NOT NULL CHECK (seq > 0),
    sender uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    client_id uuid NOT NULL,
    body text NOT NULL,
    -- When the row is written, not when its transaction began: that waits for the message before.
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (match_id, seq),
    CONSTRAINT messages_client_id UNIQUE (match_id, sender, client_id)
);
CREATE INDEX messages_sender ON messages (sender);
