//! What must hold between the tables at any time, whoever raced whom.

use diesel::pg::PgConnection;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

/// Every pair's row as each of its two people sees it.
const SAID: &str = "WITH said AS (\
    SELECT low AS from_user, high AS to_user, bits & 1 <> 0 AS yes, bits & 4 <> 0 AS no FROM pairs \
    UNION ALL SELECT high, low, bits & 2 <> 0, bits & 8 <> 0 FROM pairs)";

/// Each rule, and the rows that break it.
const RULES: &[(&str, &str)] = &[
    ("nobody says yes and no", "SELECT 1 FROM said WHERE yes AND no"),
    (
        "likes and the pairs' bits agree",
        "SELECT 1 FROM (SELECT * FROM said WHERE yes OR no) s FULL JOIN likes l USING (from_user, to_user) \
         WHERE l.liked IS DISTINCT FROM s.yes",
    ),
    (
        "likes_in holds every yes that waits for an answer, and nothing else",
        "SELECT 1 FROM (SELECT s.from_user, s.to_user, true AS waits FROM said s \
         JOIN said back ON back.from_user = s.to_user AND back.to_user = s.from_user \
         WHERE s.yes AND NOT back.yes AND NOT back.no) w \
         FULL JOIN likes_in i USING (from_user, to_user) WHERE w.waits IS NULL OR i.liked_at IS NULL",
    ),
    (
        "likes_in tells when the yes was said",
        "SELECT 1 FROM likes_in i JOIN likes l USING (from_user, to_user) WHERE i.liked_at <> l.decided_at",
    ),
    (
        "nobody lies in the later pile of somebody who decided on them",
        "SELECT 1 FROM later l JOIN said s ON s.from_user = l.user_id AND s.to_user = l.other_id \
         WHERE s.yes OR s.no",
    ),
    (
        "every mutual yes has a conversation, and nobody else has",
        "SELECT 1 FROM (SELECT low, high, true AS mutual FROM pairs WHERE bits & 3 = 3) p \
         FULL JOIN conversations c USING (low, high) WHERE p.mutual IS NULL OR c.match_id IS NULL",
    ),
    (
        "two people have one conversation at most",
        "SELECT 1 FROM conversations GROUP BY low, high HAVING count(*) > 1",
    ),
    (
        "a match has its two members, who know whether it is closed and how far it got",
        "SELECT 1 FROM (\
         SELECT match_id, low AS user_id, high AS other_id, closed_at IS NOT NULL AS shut, last_seq AS top \
         FROM conversations UNION ALL \
         SELECT match_id, high, low, closed_at IS NOT NULL, last_seq FROM conversations) c \
         FULL JOIN match_members m USING (match_id, user_id, other_id) \
         WHERE (c.shut, c.top) IS DISTINCT FROM (m.closed, m.last_seq)",
    ),
    (
        "a pair's row knows whether one of the two blocked the other",
        "SELECT 1 FROM (SELECT low, high, true AS told FROM pairs WHERE bits & 16 <> 0) p FULL JOIN \
         (SELECT DISTINCT least(user_id, blocked_id) AS low, greatest(user_id, blocked_id) AS high, true AS stands \
         FROM blocks) b USING (low, high) WHERE p.told IS NULL OR b.stands IS NULL",
    ),
    (
        "nobody is blocked and matched",
        "SELECT 1 FROM blocks b JOIN conversations c ON c.low = least(b.user_id, b.blocked_id) \
         AND c.high = greatest(b.user_id, b.blocked_id) WHERE c.closed_at IS NULL OR c.closed_at > b.blocked_at",
    ),
    (
        "nothing was said between two people after a block",
        "SELECT 1 FROM blocks b JOIN conversations c ON c.low = least(b.user_id, b.blocked_id) \
         AND c.high = greatest(b.user_id, b.blocked_id) JOIN messages m USING (match_id) \
         WHERE m.sent_at > b.blocked_at \
         UNION ALL SELECT 1 FROM blocks b JOIN likes l ON l.decided_at > b.blocked_at \
         AND (l.from_user, l.to_user) IN ((b.user_id, b.blocked_id), (b.blocked_id, b.user_id))",
    ),
    (
        "seq counts the messages without holes",
        "SELECT 1 FROM conversations c LEFT JOIN \
         (SELECT match_id, count(*) AS number, max(seq) AS top FROM messages GROUP BY match_id) m USING (match_id) \
         WHERE c.last_seq <> coalesce(m.number, 0) OR c.last_seq <> coalesce(m.top, 0)",
    ),
    (
        "only the two write",
        "SELECT 1 FROM messages m JOIN conversations c USING (match_id) WHERE m.sender NOT IN (c.low, c.high)",
    ),
    (
        "nothing was written after the end",
        "SELECT 1 FROM messages m JOIN conversations c USING (match_id) WHERE m.sent_at > c.closed_at",
    ),
    (
        "a later seq was sent later",
        "SELECT 1 FROM (SELECT sent_at < lag(sent_at) OVER (PARTITION BY match_id ORDER BY seq) AS earlier \
         FROM messages) m WHERE earlier",
    ),
    (
        "the lists show the last message",
        "SELECT 1 FROM match_members m LEFT JOIN messages x ON x.match_id = m.match_id AND x.seq = m.last_seq \
         WHERE (m.last_sender, m.last_body) IS DISTINCT FROM (x.sender, left(x.body, 200)) \
         OR m.last_at <> x.sent_at",
    ),
    (
        "unread counts the other's messages above the mark",
        "SELECT 1 FROM match_members m WHERE m.unread <> (SELECT count(*) FROM messages x \
         WHERE x.match_id = m.match_id AND x.seq > m.read_seq AND x.sender <> m.user_id)",
    ),
    (
        "both know the same read marks, none beyond the last message",
        "SELECT 1 FROM match_members m JOIN match_members o \
         ON o.match_id = m.match_id AND o.user_id = m.other_id \
         WHERE m.other_read_seq <> o.read_seq OR m.read_seq > m.last_seq",
    ),
];

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The rules that are broken at the moment.
pub fn broken_rules(conn: &mut PgConnection) -> Vec<&'static str> {
    let mut is_broken = |sql: &str| {
        let query = format!("{SAID} SELECT count(*) AS count FROM ({sql}) broken");
        sql_query(query).get_result::<Count>(conn).expect("a rule in good SQL").count > 0
    };
    RULES.iter().filter(|(_, sql)| is_broken(sql)).map(|(name, _)| *name).collect()
}

/// Fails, with the broken rules' names, unless all of them hold.
#[track_caller]
pub fn assert_consistent(conn: &mut PgConnection) {
    assert_eq!(broken_rules(conn), Vec::<&str>::new(), "rules between the tables are broken");
}
