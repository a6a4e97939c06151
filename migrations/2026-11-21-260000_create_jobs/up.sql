-- Work that outlives a request. A row goes when its work is done.
CREATE TABLE jobs (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    -- Not before. Whoever takes a job moves it on: if they are killed, it is due again by then.
    run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- How often it was taken; also tells the one who has it now from those before.
    attempts integer NOT NULL DEFAULT 0,
    last_error text,
    -- Given up: kept for people to look at.
    dead_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 80);
CREATE INDEX jobs_due ON jobs (run_at) WHERE dead_at IS NULL;
