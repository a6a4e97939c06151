-- Requests that a client may send again, and their answers, for 24 hours.
CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    route text NOT NULL,
    key text NOT NULL,
    -- A hash of what the request held.
    fingerprint bytea NOT NULL,
    -- Whoever works on it: one that was taken over leaves no answer.
    claim uuid NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    -- The answer, once there is one.
    status smallint,
    body text,
    PRIMARY KEY (user_id, route, key),
    CHECK ((status IS NULL) = (body IS NULL))
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (claimed_at);
