DROP TABLE security_events;
DROP TABLE revocations;
ALTER TABLE sessions DROP fresh_at;
ALTER TABLE users DROP state;
