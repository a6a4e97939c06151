DROP TABLE uploads;
DELETE FROM files WHERE kind = 'document';
DROP INDEX files_content_hash, files_profile_image;
ALTER TABLE files
    DROP CONSTRAINT files_photos_have_a_size,
    ALTER width SET NOT NULL,
    ALTER height SET NOT NULL,
    DROP kind,
    DROP caption,
    DROP etag,
    DROP blurhash,
    DROP content_hash,
    DROP perceptual_hash,
    DROP is_profile_image;
