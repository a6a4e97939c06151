-- Who may decide on reports. Given and taken by an operator.
CREATE TABLE moderators (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    promoted_at timestamptz NOT NULL DEFAULT now()
);

-- Addresses of banned people, as keyed hashes. No foreign key: a ban outlives its account.
CREATE TABLE banned_addresses (
    mark bytea PRIMARY KEY,
    user_id uuid NOT NULL,
    banned_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX banned_addresses_user_id ON banned_addresses (user_id);

-- A report outlives both accounts; names and texts are as they were when it was made.
CREATE TABLE reports (
    id uuid PRIMARY KEY,
    reporter uuid REFERENCES users ON DELETE SET NULL,
    reported uuid REFERENCES users ON DELETE SET NULL,
    reported_name text NOT NULL,
    reported_display_name text,
    reported_bio text,
    reason text NOT NULL,
    detail text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    outcome text CHECK (outcome IN ('dismissed', 'warned', 'suspended', 'banned')),
    decided_at timestamptz,
    decided_by uuid REFERENCES users ON DELETE SET NULL,
    -- When what it was judged by went; the outcome stays.
    evidence_gone_at timestamptz,
    CHECK ((outcome IS NULL) = (decided_at IS NULL))
);
CREATE INDEX reports_reporter ON reports (reporter, created_at DESC, id DESC);
CREATE INDEX reports_reported ON reports (reported);
CREATE INDEX reports_decided_by ON reports (decided_by);
CREATE INDEX reports_open ON reports (created_at, id) WHERE outcome IS NULL;
CREATE INDEX reports_decided ON reports (created_at, id) WHERE outcome IS NOT NULL;

-- Copies: they stay when the reported person deletes the original, or the account. No foreign key to the sender.
CREATE TABLE report_messages (
    report_id uuid NOT NULL REFERENCES reports ON DELETE CASCADE,
    seq bigint NOT NULL,
    sender uuid NOT NULL,
    body text NOT NULL,
    sent_at timestamptz NOT NULL,
    PRIMARY KEY (report_id, seq)
);
CREATE TABLE report_photos (
    report_id uuid NOT NULL REFERENCES reports ON DELETE CASCADE,
    number smallint NOT NULL,
    -- Under evidence/, never under photos/.
    key text NOT NULL,
    PRIMARY KEY (report_id, number)
);
CREATE TABLE report_notes (
    report_id uuid NOT NULL REFERENCES reports ON DELETE CASCADE,
    id uuid NOT NULL,
    moderator uuid REFERENCES users ON DELETE SET NULL,
    body text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (report_id, id)
);
CREATE INDEX report_notes_moderator ON report_notes (moderator);

CREATE TABLE sanctions (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    report_id uuid NOT NULL REFERENCES reports ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('warning', 'suspension', 'ban')),
    rule text NOT NULL,
    -- What its person reads: why, and what it was judged by.
    reason text NOT NULL,
    evidence text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at timestamptz,
    -- Taken back: by an appeal, or because it is over.
    lifted_at timestamptz,
    appeal text,
    appealed_at timestamptz,
    appeal_granted boolean,
    appeal_answer text,
    answered_at timestamptz,
    PRIMARY KEY (user_id, id),
    CHECK ((kind = 'suspension') = (ends_at IS NOT NULL)),
    CHECK (answered_at IS NULL OR appealed_at IS NOT NULL)
);
CREATE INDEX sanctions_report_id ON sanctions (report_id);
CREATE INDEX sanctions_newest ON sanctions (user_id, created_at DESC, id DESC);
CREATE INDEX sanctions_appealed ON sanctions (appealed_at, id) WHERE answered_at IS NULL AND appealed_at IS NOT NULL;
