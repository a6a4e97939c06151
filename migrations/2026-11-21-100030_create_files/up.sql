CREATE TABLE files (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    key text NOT NULL,
    -- For display only; never part of a key.
    filename text NOT NULL,
    content_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    position integer NOT NULL,
    -- 'uploading' until its object is stored: a row that stays so is swept, its object first.
    state text NOT NULL CHECK (state IN ('uploading', 'ready')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, id)
);
CREATE INDEX files_uploading ON files (created_at) WHERE state = 'uploading';
