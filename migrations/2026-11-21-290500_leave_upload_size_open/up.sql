-- Clients of other faces don't announce a length: what arrives is bounded when it is looked at.
ALTER TABLE uploads ALTER COLUMN size DROP NOT NULL;
