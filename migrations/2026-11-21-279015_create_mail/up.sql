-- An address that was given up stays its owner's for a while, but is no login: the change can be undone.
ALTER TABLE emails ADD held_until timestamptz;

-- What was mailed to whom, and what became of it: its owner can see it.
CREATE TABLE mails (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    kind text NOT NULL,
    address text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'refused', 'failed')),
    -- What the mail server said, if it wasn't yes.
    reason text,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX mails_newest ON mails (user_id, asked_at DESC, id DESC);

-- The keys in mailed links, by hash. A row goes when its key is used.
CREATE TABLE mail_tokens (
    hash bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    purpose text NOT NULL,
    address text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX mail_tokens_user_id ON mail_tokens (user_id, purpose);

-- A proven address that is about to give way to another; both have to agree.
CREATE TABLE email_changes (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    old_address text NOT NULL,
    new_address text NOT NULL,
    old_agreed boolean NOT NULL DEFAULT false,
    new_agreed boolean NOT NULL DEFAULT false,
    expires_at timestamptz NOT NULL
);

-- Who asked for mails within the last hour: hashes of accounts, addresses and names, whether anybody has them or not.
CREATE TABLE mail_asks (
    subject bytea NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (subject, id)
);
CREATE INDEX mail_asks_at ON mail_asks (at);
