-- From version 8 to 9.
-- The letters that the reader nearly read are kept.
ALTER TABLE line ADD COLUMN rivals BLOB NOT NULL DEFAULT x'';
ALTER TABLE page ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0; -- how many corrections it has
ALTER TABLE page ADD COLUMN confidence_read REAL; -- what its reading alone gave, where it has corrections

CREATE TABLE correction (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    numbers TEXT NOT NULL,                  -- JSON: the lines in whose place it stands; none: a new line, or its line was not found
    polygon TEXT NOT NULL,                  -- JSON: x, y of four points
    before  TEXT NOT NULL,                  -- what was read there; empty: a new line
    after   TEXT,                           -- NULL: there is no text here
    checked TEXT,                           -- JSON: start and end of what a person looked at; NULL: all of it
    follows TEXT,                           -- JSON: the polygon of the line behind which it was moved, empty: it is the first; NULL: it was not moved
    made    TEXT NOT NULL DEFAULT (datetime('now'))
) STRICT;

CREATE INDEX correction_by_page ON correction (page_id);
CREATE INDEX correction_lost ON correction (page_id) WHERE numbers = '[]' AND before <> '';
CREATE INDEX page_corrected ON page (batch_id, corrected) WHERE corrected > 0;
ALTER TABLE batch ADD COLUMN removed_from INTEGER;
-- A page can be read in a mode of its own, and it is noted when each was read.
ALTER TABLE page ADD COLUMN mode_wanted TEXT;
ALTER TABLE page ADD COLUMN read_at INTEGER;
CREATE INDEX page_read_at ON page (batch_id, read_at) WHERE read_at IS NOT NULL;
-- Pages know their language and how many of their words are to check; words that a person accepted.
ALTER TABLE page ADD COLUMN language TEXT;
ALTER TABLE page ADD COLUMN to_check INTEGER;
CREATE TABLE user_word (
    word  TEXT PRIMARY KEY,
    times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
DROP INDEX IF EXISTS page_counts;
CREATE INDEX page_counts ON page (batch_id, status, queued, to_check);
-- Where the words to check are.
ALTER TABLE page ADD COLUMN doubts BLOB;
CREATE INDEX page_unread ON page (batch_id, status, to_check, remark) WHERE instr(remark, 'much_unread') > 0;
-- Pages know of which file their reading was made, also while they are read again.
ALTER TABLE page ADD COLUMN content_read BLOB;
