ALTER TABLE files DROP removed_at, DROP profile_image_since;
DROP TABLE file_events;
