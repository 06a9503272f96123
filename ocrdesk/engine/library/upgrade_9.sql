-- From version 8 to 9.
-- The letters that the reader nearly read are kept.
ALTER TABLE line ADD COLUMN rivals BLOB NOT NULL DEFAULT x'';
-- Pages know their language and how many of their words are to check; words that a person accepted.
ALTER TABLE page ADD COLUMN language TEXT;
ALTER TABLE page ADD COLUMN to_check INTEGER;
CREATE TABLE user_word (
    word  TEXT PRIMARY KEY,
    times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
DROP INDEX page_counts;
CREATE INDEX page_counts ON page (batch_id, status, queued, to_check);
