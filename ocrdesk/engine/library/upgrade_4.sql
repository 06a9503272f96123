-- From version 3 to 4: ways of reading, regions.
ALTER TABLE batch ADD COLUMN way TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE batch ADD COLUMN regions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE page ADD COLUMN way TEXT;
