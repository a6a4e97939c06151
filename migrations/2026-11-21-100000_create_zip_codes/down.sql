DROP TABLE zip_codes;
