CREATE TABLE users (
    id uuid PRIMARY KEY,
    username text NOT NULL,
    -- As typed and not yet proven: only `emails` makes an address somebody's.
    email text,
    password_hash text NOT NULL,
    pepper_version smallint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Global uniqueness has a table of its own: on a cluster, users is spread by id.
CREATE TABLE usernames (
    username text PRIMARY KEY CHECK (username = lower(username)),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE
);
CREATE INDEX usernames_user_id ON usernames (user_id);

CREATE TABLE emails (
    address text PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE
);
CREATE INDEX emails_user_id ON emails (user_id);

CREATE TABLE sessions (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    refresh_hash bytea NOT NULL,
    previous_hash bytea,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    rotated_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (user_id, id)
);
