-- From version 9 to 10.

-- How well pages were scanned.
ALTER TABLE page ADD COLUMN scan BLOB;
