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
    -- 'uploading' until its object is stored. Whoever removes an object first makes its row 'doomed', so that no
    -- upload that ends late can make it 'ready'.
    state text NOT NULL CHECK (state IN ('uploading', 'ready', 'doomed')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, id)
);
CREATE INDEX files_unfinished ON files (created_at) WHERE state <> 'ready';
