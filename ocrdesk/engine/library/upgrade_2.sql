-- From version 1 to 2: files are known by content, PDF pages, watched folders, what was left out.
ALTER TABLE batch ADD COLUMN watched INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN content BLOB;
ALTER TABLE page ADD COLUMN as_picture INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN remark TEXT;

CREATE TABLE left_out (
    batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    path     BLOB NOT NULL,
    why      TEXT NOT NULL,
    PRIMARY KEY (batch_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX page_by_content ON page (content, frame) WHERE content IS NOT NULL;
CREATE INDEX page_locked ON page (batch_id) WHERE locked = 1;
