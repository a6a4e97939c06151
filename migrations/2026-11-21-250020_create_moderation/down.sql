DROP TABLE sanctions, report_notes, report_photos, report_messages, reports, banned_addresses, moderators;
