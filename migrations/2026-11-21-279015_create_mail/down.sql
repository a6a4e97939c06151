DROP TABLE mail_asks;
DROP TABLE email_changes;
DROP TABLE mail_tokens;
DROP TABLE mails;
ALTER TABLE emails DROP COLUMN held_until;
