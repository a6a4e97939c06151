ALTER TABLE files
    ADD kind text NOT NULL DEFAULT 'photo' CHECK (kind IN ('photo', 'document')),
    ADD caption text NOT NULL DEFAULT '',
    -- Of the large variant, as the store gave it, without quotes. NULL until it is stored.
    ADD etag text,
    ADD blurhash text,
    -- SHA-256 of what is stored; of a photo, of its large variant.
    ADD content_hash bytea,
    -- 64 bits that stay alike when a picture is scaled or encoded anew: for moderation.
    ADD perceptual_hash bigint,
    -- Chosen by its owner. While it is uploading: takes the place of the profile image once it is ready.
    ADD is_profile_image boolean NOT NULL DEFAULT false,
    ALTER width DROP NOT NULL,
    ALTER height DROP NOT NULL,
    ADD CONSTRAINT files_photos_have_a_size
        CHECK (kind = 'document' OR (width IS NOT NULL AND height IS NOT NULL));

-- The same picture is on a profile once.
CREATE UNIQUE INDEX files_content_hash ON files (user_id, content_hash) WHERE state <> 'doomed';
CREATE UNIQUE INDEX files_profile_image ON files (user_id) WHERE is_profile_image AND state = 'ready';

-- Uploads straight to the bucket: what may be put under a quarantine key, and what became of it. A row stays until its
-- link has expired, because until then whoever has the link can put the object there again.
CREATE TABLE uploads (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    key text NOT NULL,
    filename text NOT NULL,
    content_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    purpose text NOT NULL CHECK (purpose IN ('photo', 'profile_image', 'document')),
    -- 'claimed' while somebody looks at what arrived. 'refused' is not looked at again on its owner's reads.
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'claimed', 'confirmed', 'refused')),
    claimed_at timestamptz,
    -- The file that it becomes, or became.
    file_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX uploads_expires_at ON uploads (expires_at);
