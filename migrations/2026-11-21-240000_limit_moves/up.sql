-- When somebody changed their ZIP code in the last 24 hours, at most three times. It lies in the row that the change
-- locks anyway, so that no two changes at once can both take the last one.
ALTER TABLE profiles ADD moved_at timestamptz[] NOT NULL DEFAULT '{}';
