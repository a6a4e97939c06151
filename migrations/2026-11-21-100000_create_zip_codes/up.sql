-- Reference data, small, replicated on a cluster. The server fills it from its own table at start.
CREATE TABLE zip_codes (
    code integer PRIMARY KEY CHECK (code BETWEEN 0 AND 99999),
    place text NOT NULL,
    state text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL
);
