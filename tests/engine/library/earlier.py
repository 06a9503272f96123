"""What earlier versions made, in the words they made it with."""

VERSION_1 = """
CREATE TABLE batch (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    origin       BLOB NOT NULL,             -- the folder it was made from
    whole_folder INTEGER NOT NULL,          -- 0: files picked one by one out of that folder
    created      TEXT NOT NULL DEFAULT (datetime('now'))
) STRICT;

CREATE TABLE page (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id    INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,           -- order within the batch
    path        BLOB NOT NULL,
    frame       INTEGER NOT NULL,
    name        TEXT NOT NULL,
    size        INTEGER NOT NULL,           -- of the file when it was added
    modified    INTEGER NOT NULL,
    status      TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'done', 'failed')),
    queued      INTEGER NOT NULL DEFAULT 0, -- wanted by a run that has not reached it yet
    deaths      INTEGER NOT NULL DEFAULT 0, -- how often in a row the program died while reading it
    message     TEXT,
    -- the reading; its lines are in the table line
    text_start  TEXT NOT NULL DEFAULT '',
    line_count  INTEGER,
    confidence  REAL,
    seconds     REAL,
    width       INTEGER,
    height      INTEGER,
    turn        INTEGER NOT NULL DEFAULT 0,
    rotation    INTEGER NOT NULL DEFAULT 0,
    recognizer  TEXT,
    UNIQUE (batch_id, path, frame)
) STRICT;

CREATE TABLE line (
    page_id    INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    text       TEXT NOT NULL,
    confidence REAL NOT NULL,
    polygon    BLOB NOT NULL,               -- eight little-endian 32-bit floats: x, y of four points
    PRIMARY KEY (page_id, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX batch_by_origin ON batch (origin, whole_folder);
CREATE INDEX page_by_position ON page (batch_id, position);
CREATE INDEX page_counts ON page (batch_id, status, queued, line_count, confidence);
CREATE INDEX page_queue ON page (batch_id, deaths, position) WHERE status = 'pending' AND queued = 1;
CREATE INDEX page_running ON page (status) WHERE status = 'running';
PRAGMA user_version = 1;
"""

VERSION_2 = """
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
UPDATE batch SET watched = 1;
UPDATE page SET content = x'00ff', as_picture = 1, remark = 'Cut off.' WHERE id = 11;
UPDATE page SET locked = 1 WHERE id = 14;
INSERT INTO left_out VALUES (3, x'2f7363616e732f612e747874', 'No picture and no PDF');
PRAGMA user_version = 2;
"""
"""What version 2 added to version 1, and something in each of it."""
