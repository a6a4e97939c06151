-- Who did what with which photo, for 90 days. A file's row goes when the file goes; this tells that it was there.
CREATE TABLE file_events (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    event text NOT NULL CHECK (event IN ('added', 'replaced', 'removed')),
    file_id uuid NOT NULL,
    filename text NOT NULL,
    -- The file that took its place.
    replaced_by uuid CHECK ((replaced_by IS NOT NULL) = (event = 'replaced')),
    -- Who did it: the owner, a moderator, or, if null, the server itself. No reference: people go, the trail stays.
    actor_id uuid,
    happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, id)
);
CREATE INDEX file_events_happened_at ON file_events (happened_at);

ALTER TABLE files
    -- When it became the profile image, unless it was added as such.
    ADD profile_image_since timestamptz,
    -- When its owner removed it. Nothing can be on its way to the store then: the sweep needn't wait.
    ADD removed_at timestamptz;
