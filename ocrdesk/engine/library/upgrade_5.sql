-- From version 4 to 5: suspects instead of counted deaths, batches that nobody sees, readings that were brought along.
ALTER TABLE batch ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN brought INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page RENAME COLUMN deaths TO suspect;
UPDATE page SET suspect = 1 WHERE suspect > 1;
UPDATE page SET status = 'pending', suspect = 1, message = NULL WHERE status = 'failed'
    AND message = 'The program ended unexpectedly twice while reading this page. Check the file, then retry the page.';
DROP INDEX page_counts;
CREATE INDEX page_counts ON page (batch_id, status, queued, confidence);
CREATE INDEX page_blank ON page (batch_id, status, line_count) WHERE status = 'done' AND line_count = 0;
DROP INDEX page_locked;
CREATE INDEX page_locked ON page (batch_id, status, locked) WHERE locked = 1;
DROP INDEX batch_by_origin;
CREATE UNIQUE INDEX batch_by_origin ON batch (origin, whole_folder) WHERE hidden = 0;
