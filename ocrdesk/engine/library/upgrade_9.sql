-- From version 8 to 9.
ALTER TABLE batch ADD COLUMN removed_from INTEGER;
