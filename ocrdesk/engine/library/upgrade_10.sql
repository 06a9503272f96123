-- From version 9 to 10.
-- Pages whose row in the index of all texts is not yet what it is to be.
CREATE TABLE to_index (
    page_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO to_index SELECT id FROM page;

-- The words of Latin letters that the index has, among which similar ones are looked for.
CREATE TABLE indexed_word (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Values of receipts: what a person wrote, and the own fields of a batch.
ALTER TABLE page ADD COLUMN fields TEXT;
ALTER TABLE batch ADD COLUMN own_fields TEXT NOT NULL DEFAULT '[]';

-- How well pages were scanned.
ALTER TABLE page ADD COLUMN scan BLOB;

-- Pages are found by their language.
CREATE INDEX page_language ON page (language, batch_id) WHERE language IS NOT NULL;
