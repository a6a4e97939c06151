//! What stands in a copy of everything: every table that holds something of a person's, and which of its columns.
//!
//! This is the one place that reads other rooms' tables as they are: a copy must not leave out what a room forgot.

/// A file of the archive: a JSON list of the rows that a statement gives, each as one JSON value named `row`. `$1` is
/// the person's id.
#[derive(Debug, Clone, Copy)]
pub struct Exported {
    /// The table that it is about.
    pub table: &'static str,
    /// The file's name in the archive.
    pub file: &'static str,
    /// The statement.
    pub sql: &'static str,
}

const fn of(table: &'static str, file: &'static str, sql: &'static str) -> Exported {
    Exported { table, file, sql }
}

/// All of them.
pub const EXPORTED: &[Exported] = &[
    of(
        "users",
        "account.json",
        "SELECT to_jsonb(u) - ARRAY['password_hash', 'pepper_version'] AS row FROM users u WHERE id = $1",
    ),
    of("usernames", "usernames.json", "SELECT to_jsonb(n) AS row FROM usernames n WHERE user_id = $1"),
    of("emails", "emails.json", "SELECT to_jsonb(e) AS row FROM emails e WHERE user_id = $1"),
    of(
        "email_changes",
        "email_changes.json",
        "SELECT to_jsonb(e) AS row FROM email_changes e WHERE user_id = $1",
    ),
    of(
        "sessions",
        "sessions.json",
        "SELECT to_jsonb(s) - ARRAY['refresh_hash', 'previous_hash'] AS row FROM sessions s WHERE user_id = $1 \
         ORDER BY created_at",
    ),
    of("mails", "mails.json", "SELECT to_jsonb(m) AS row FROM mails m WHERE user_id = $1 ORDER BY asked_at"),
    of(
        "security_events",
        "security_events.json",
        "SELECT to_jsonb(e) AS row FROM security_events e WHERE user_id = $1 ORDER BY at",
    ),
    of(
        "profiles",
        "profile.json",
        "SELECT to_jsonb(p) - ARRAY['tags', 'tag_bits', 'shuffle', 'filled', 'away'] || jsonb_build_object(\
         'hobbies', (SELECT jsonb_agg(t.name ORDER BY o.n) FROM unnest(p.hobbies) WITH ORDINALITY o(id, n) \
         JOIN tags t ON t.id = o.id), \
         'interests', (SELECT jsonb_agg(t.name ORDER BY o.n) FROM unnest(p.interests) WITH ORDINALITY o(id, n) \
         JOIN tags t ON t.id = o.id)) AS row FROM profiles p WHERE user_id = $1",
    ),
    of("files", "files.json", "SELECT to_jsonb(f) AS row FROM files f WHERE user_id = $1 ORDER BY position"),
    of(
        "file_events",
        "file_events.json",
        "SELECT to_jsonb(e) AS row FROM file_events e WHERE user_id = $1 ORDER BY happened_at",
    ),
    of(
        "blocks",
        "blocks.json",
        "SELECT to_jsonb(b) AS row FROM blocks b WHERE user_id = $1 ORDER BY blocked_at",
    ),
    of(
        "likes",
        "likes.json",
        "SELECT to_jsonb(l) AS row FROM likes l WHERE from_user = $1 ORDER BY decided_at",
    ),
    of(
        "likes_in",
        "likes_received.json",
        "SELECT to_jsonb(l) AS row FROM likes_in l WHERE to_user = $1 ORDER BY liked_at",
    ),
    of("later", "later.json", "SELECT to_jsonb(l) AS row FROM later l WHERE user_id = $1 ORDER BY added_at"),
    of(
        "match_members",
        "matches.json",
        "SELECT to_jsonb(m) AS row FROM match_members m WHERE user_id = $1 ORDER BY matched_at",
    ),
    of(
        "messages",
        "messages.json",
        // What others wrote, only as long as one may read it.
        "SELECT to_jsonb(m) AS row FROM messages m WHERE match_id IN \
         (SELECT match_id FROM match_members WHERE user_id = $1) AND (sender = $1 OR EXISTS \
         (SELECT FROM match_members o WHERE o.user_id = $1 AND o.match_id = m.match_id AND NOT o.closed)) \
         ORDER BY match_id, seq",
    ),
    of(
        "reports",
        "reports.json",
        // One's own. Those about oneself stay out: they would tell who made them.
        "SELECT jsonb_build_object('id', id, 'reported', reported, 'reported_name', reported_name, 'reason', reason, \
         'detail', detail, 'created_at', created_at, 'outcome', outcome, 'decided_at', decided_at, 'messages', \
         (SELECT jsonb_agg(to_jsonb(m) - 'report_id' ORDER BY m.seq) FROM report_messages m WHERE m.report_id = r.id)) \
         AS row FROM reports r WHERE reporter = $1 ORDER BY created_at",
    ),
    of(
        "sanctions",
        "sanctions.json",
        "SELECT to_jsonb(s) - 'report_id' AS row FROM sanctions s WHERE user_id = $1 ORDER BY created_at",
    ),
    of("exports", "exports.json", "SELECT to_jsonb(e) AS row FROM exports e WHERE user_id = $1"),
];
