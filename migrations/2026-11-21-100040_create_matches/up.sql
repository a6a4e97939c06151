-- The one row on which two people meet. Bits: 1 low yes, 2 high yes, 4 low no, 8 high no, 16 blocked.
CREATE TABLE pairs (
    low uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    high uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    bits smallint NOT NULL,
    PRIMARY KEY (low, high),
    CHECK (low < high)
) WITH (fillfactor = 90);
CREATE INDEX pairs_high ON pairs (high);

CREATE TABLE likes (
    from_user uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    to_user uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    liked boolean NOT NULL,
    -- Lay in the later pile until then: an undo puts it back.
    was_later boolean NOT NULL DEFAULT false,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (from_user, to_user)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02);
CREATE INDEX likes_newest ON likes (from_user, decided_at DESC, to_user DESC);
CREATE INDEX likes_to_user ON likes (to_user);

-- Who said yes to me and waits for my answer.
CREATE TABLE likes_in (
    to_user uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    from_user uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    liked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (to_user, from_user)
);
CREATE INDEX likes_in_from_user ON likes_in (from_user);
CREATE INDEX likes_in_newest ON likes_in (to_user, liked_at DESC, from_user DESC);

-- Put aside without a verdict.
CREATE TABLE later (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, other_id)
);
CREATE INDEX later_other_id ON later (other_id);
CREATE INDEX later_newest ON later (user_id, added_at DESC, other_id DESC);

-- A conversation belongs to two people: a user who has one is made anonymous, never deleted under the other.
CREATE TABLE conversations (
    match_id uuid PRIMARY KEY,
    low uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    high uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    last_seq bigint NOT NULL DEFAULT 0,
    closed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (low < high)
) WITH (fillfactor = 80);
CREATE INDEX conversations_low ON conversations (low);
CREATE INDEX conversations_high ON conversations (high);

-- A match as each of the two sees it; the lists of matches and conversations read only this.
CREATE TABLE match_members (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    match_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    other_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    matched_at timestamptz NOT NULL DEFAULT now(),
    -- The last message's time, or the match's.
    last_at timestamptz NOT NULL DEFAULT now(),
    last_seq bigint NOT NULL DEFAULT 0,
    last_sender uuid,
    last_body text,
    read_seq bigint NOT NULL DEFAULT 0,
    other_read_seq bigint NOT NULL DEFAULT 0,
    unread bigint NOT NULL DEFAULT 0,
    closed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (user_id, match_id),
    CONSTRAINT match_members_once UNIQUE (user_id, other_id)
) WITH (fillfactor = 80);
CREATE INDEX match_members_newest ON match_members (user_id, matched_at DESC, match_id DESC) WHERE NOT closed;
CREATE INDEX match_members_active ON match_members (user_id, last_at DESC, match_id DESC) WHERE NOT closed;
CREATE INDEX match_members_other_id ON match_members (other_id);
CREATE INDEX match_members_match_id ON match_members (match_id);
