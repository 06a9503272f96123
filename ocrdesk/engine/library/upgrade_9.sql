-- From version 8 to 9.
-- A page can be read in a mode of its own, and it is noted when each was read.
ALTER TABLE page ADD COLUMN mode_wanted TEXT;
ALTER TABLE page ADD COLUMN read_at INTEGER;
CREATE INDEX page_read_at ON page (batch_id, read_at) WHERE read_at IS NOT NULL;
