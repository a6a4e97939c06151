-- What may still arrive can't be told any more.
DELETE FROM uploads WHERE size IS NULL;
ALTER TABLE uploads ALTER COLUMN size SET NOT NULL;
