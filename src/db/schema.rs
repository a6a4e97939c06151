// @generated automatically by Diesel CLI.

diesel::table! {
    banned_addresses (mark) {
        mark -> Bytea,
        user_id -> Uuid,
        banned_at -> Timestamptz,
    }
}

diesel::table! {
    blocks (user_id, blocked_id) {
        user_id -> Uuid,
        blocked_id -> Uuid,
        blocked_at -> Timestamptz,
    }
}

diesel::table! {
    conversations (match_id) {
        match_id -> Uuid,
        low -> Uuid,
        high -> Uuid,
        last_seq -> Int8,
        closed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    deletions (user_id) {
        user_id -> Uuid,
        asked_at -> Timestamptz,
        erase_at -> Timestamptz,
    }
}

diesel::table! {
    email_changes (user_id) {
        user_id -> Uuid,
        old_address -> Text,
        new_address -> Text,
        old_agreed -> Bool,
        new_agreed -> Bool,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    emails (address) {
        address -> Text,
        user_id -> Uuid,
        held_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    exports (user_id, id) {
        user_id -> Uuid,
        id -> Uuid,
        state -> Text,
        size -> Nullable<Int8>,
        asked_at -> Timestamptz,
        ready_at -> Nullable<Timestamptz>,
        expires_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    file_events (user_id, id) {
        user_id -> Uuid,
        id -> Uuid,
        event -> Text,
        file_id -> Uuid,
        filename -> Text,
        replaced_by -> Nullable<Uuid>,
        actor_id -> Nullable<Uuid>,
        happened_at -> Timestamptz,
    }
}

diesel::table! {
    files (user_id, id) {
        user_id -> Uuid,
        id -> Uuid,
        key -> Text,
        filename -> Text,
        content_type -> Text,
        size -> Int8,
        width -> Nullable<Int4>,
        height -> Nullable<Int4>,
        position -> Int4,
        state -> Text,
        created_at -> Timestamptz,
        kind -> Text,
        caption -> Text,
        etag -> Nullable<Text>,
        blurhash -> Nullable<Text>,
        content_hash -> Nullable<Bytea>,
        perceptual_hash -> Nullable<Int8>,
        is_profile_image -> Bool,
        profile_image_since -> Nullable<Timestamptz>,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    idempotency_keys (user_id, route, key) {
        user_id -> Uuid,
        route -> Text,
        key -> Text,
        fingerprint -> Bytea,
        claim -> Uuid,
        claimed_at -> Timestamptz,
        status -> Nullable<Int2>,
        body -> Nullable<Text>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        run_at -> Timestamptz,
        attempts -> Int4,
        last_error -> Nullable<Text>,
        dead_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    later (user_id, other_id) {
        user_id -> Uuid,
        other_id -> Uuid,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    likes (from_user, to_user) {
        from_user -> Uuid,
        to_user -> Uuid,
        liked -> Bool,
        was_later -> Bool,
        decided_at -> Timestamptz,
    }
}

diesel::table! {
    likes_in (to_user, from_user) {
        to_user -> Uuid,
        from_user -> Uuid,
        liked_at -> Timestamptz,
    }
}

diesel::table! {
    mail_asks (subject, id) {
        subject -> Bytea,
        id -> Uuid,
        at -> Timestamptz,
    }
}

diesel::table! {
    mail_tokens (hash) {
        hash -> Bytea,
        user_id -> Uuid,
        purpose -> Text,
        address -> Text,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    mails (user_id, id) {
        user_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        address -> Text,
        state -> Text,
        reason -> Nullable<Text>,
        asked_at -> Timestamptz,
        settled_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    match_members (user_id, match_id) {
        user_id -> Uuid,
        match_id -> Uuid,
        other_id -> Uuid,
        matched_at -> Timestamptz,
        last_at -> Timestamptz,
        last_seq -> Int8,
        last_sender -> Nullable<Uuid>,
        last_body -> Nullable<Text>,
        read_seq -> Int8,
        other_read_seq -> Int8,
        unread -> Int8,
        closed -> Bool,
    }
}

diesel::table! {
    messages (match_id, seq) {
        match_id -> Uuid,
        seq -> Int8,
        sender -> Uuid,
        client_id -> Uuid,
        body -> Text,
        sent_at -> Timestamptz,
    }
}

diesel::table! {
    moderators (user_id) {
        user_id -> Uuid,
        promoted_at -> Timestamptz,
    }
}

diesel::table! {
    pairs (low, high) {
        low -> Uuid,
        high -> Uuid,
        bits -> Int2,
    }
}

diesel::table! {
    profiles (user_id) {
        user_id -> Uuid,
        display_name -> Text,
        first_name -> Nullable<Text>,
        last_name -> Nullable<Text>,
        birth_date -> Nullable<Date>,
        bio -> Text,
        hobbies -> Array<Nullable<Int4>>,
        interests -> Array<Nullable<Int4>>,
        tags -> Array<Nullable<Int4>>,
        zip_code -> Nullable<Int4>,
        friend_radius -> Int2,
        effective_radius -> Int2,
        paused -> Bool,
        active_on -> Date,
        shuffle -> Int4,
        updated_at -> Timestamptz,
        moved_at -> Array<Nullable<Timestamptz>>,
        place_shown -> Text,
        tag_bits -> Int8,
        away -> Bool,
        filled -> Bool,
    }
}

diesel::table! {
    report_messages (report_id, seq) {
        report_id -> Uuid,
        seq -> Int8,
        sender -> Uuid,
        body -> Text,
        sent_at -> Timestamptz,
    }
}

diesel::table! {
    report_notes (report_id, id) {
        report_id -> Uuid,
        id -> Uuid,
        moderator -> Nullable<Uuid>,
        body -> Text,
        written_at -> Timestamptz,
    }
}

diesel::table! {
    report_photos (report_id, number) {
        report_id -> Uuid,
        number -> Int2,
        key -> Text,
    }
}

diesel::table! {
    reports (id) {
        id -> Uuid,
        reporter -> Nullable<Uuid>,
        reported -> Nullable<Uuid>,
        reported_name -> Text,
        reported_display_name -> Nullable<Text>,
        reported_bio -> Nullable<Text>,
        reason -> Text,
        detail -> Nullable<Text>,
        created_at -> Timestamptz,
        outcome -> Nullable<Text>,
        decided_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        evidence_gone_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    revocations (id) {
        id -> Int8,
        session_id -> Uuid,
        user_id -> Uuid,
        reason -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    sanctions (user_id, id) {
        user_id -> Uuid,
        id -> Uuid,
        report_id -> Uuid,
        kind -> Text,
        rule -> Text,
        reason -> Text,
        evidence -> Text,
        created_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        lifted_at -> Nullable<Timestamptz>,
        appeal -> Nullable<Text>,
        appealed_at -> Nullable<Timestamptz>,
        appeal_granted -> Nullable<Bool>,
        appeal_answer -> Nullable<Text>,
        answered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    security_events (id) {
        id -> Uuid,
        at -> Timestamptz,
        user_id -> Nullable<Uuid>,
        event -> Text,
        about -> Nullable<Uuid>,
        network -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (user_id, id) {
        user_id -> Uuid,
        id -> Uuid,
        refresh_hash -> Bytea,
        previous_hash -> Nullable<Bytea>,
        user_agent -> Nullable<Text>,
        created_at -> Timestamptz,
        rotated_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        fresh_at -> Timestamptz,
    }
}

diesel::table! {
    tags (id) {
        id -> Int4,
        name -> Text,
        uses -> Int8,
        weight -> Int4,
    }
}

diesel::table! {
    uploads (user_id, id) {
        user_id -> Uuid,
        id -> Uuid,
        key -> Text,
        filename -> Text,
        content_type -> Text,
        size -> Nullable<Int8>,
        purpose -> Text,
        state -> Text,
        claimed_at -> Nullable<Timestamptz>,
        file_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    usernames (username) {
        username -> Text,
        user_id -> Uuid,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        username -> Text,
        email -> Nullable<Text>,
        password_hash -> Text,
        pepper_version -> Int2,
        created_at -> Timestamptz,
        state -> Text,
    }
}

diesel::table! {
    zip_codes (code) {
        code -> Int4,
        place -> Text,
        state -> Text,
        latitude -> Float8,
        longitude -> Float8,
    }
}

diesel::joinable!(deletions -> users (user_id));
diesel::joinable!(email_changes -> users (user_id));
diesel::joinable!(emails -> users (user_id));
diesel::joinable!(file_events -> users (user_id));
diesel::joinable!(exports -> users (user_id));
diesel::joinable!(files -> users (user_id));
diesel::joinable!(idempotency_keys -> users (user_id));
diesel::joinable!(mail_tokens -> users (user_id));
diesel::joinable!(mails -> users (user_id));
diesel::joinable!(match_members -> conversations (match_id));
diesel::joinable!(messages -> conversations (match_id));
diesel::joinable!(messages -> users (sender));
diesel::joinable!(moderators -> users (user_id));
diesel::joinable!(profiles -> users (user_id));
diesel::joinable!(profiles -> zip_codes (zip_code));
diesel::joinable!(report_messages -> reports (report_id));
diesel::joinable!(report_notes -> reports (report_id));
diesel::joinable!(report_notes -> users (moderator));
diesel::joinable!(report_photos -> reports (report_id));
diesel::joinable!(sanctions -> reports (report_id));
diesel::joinable!(sanctions -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(uploads -> users (user_id));
diesel::joinable!(usernames -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(
    banned_addresses,
    blocks,
    conversations,
    deletions,
    email_changes,
    emails,
    file_events,
    exports,
    files,
    idempotency_keys,
    jobs,
    later,
    likes,
    likes_in,
    mail_asks,
    mail_tokens,
    mails,
    match_members,
    messages,
    moderators,
    pairs,
    profiles,
    report_messages,
    report_notes,
    report_photos,
    reports,
    revocations,
    sanctions,
    security_events,
    sessions,
    tags,
    uploads,
    usernames,
    users,
    zip_codes,
);
