ALTER TABLE profiles DROP moved_at;
