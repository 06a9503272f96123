"""What earlier versions made, in the words they made it with."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from ocrdesk.engine.library.database import FILE_NAME

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

POLYGON = struct.pack("<8f", 1.5, 2, 90, 2, 90, 20, 1.5, 20)
PAGES = (
    # position, name, status, queued, deaths, message, text_start, lines, confidence, seconds, recognizer
    (1, "done.png", "done", 0, 0, None, "Größe 发票 second", 2, 0.75, 1.5, "PP-OCRv6"),
    (2, "blank.png", "done", 0, 0, None, "", 0, None, 0.5, "PP-OCRv4"),
    (3, "kept.png", "done", 0, 0, "Reading it again failed, the earlier text is kept. Gone.", "old", 1, 0.5, 1.0, "x"),
    (4, "failed.png", "failed", 0, 0, "The file is empty.", "", None, None, None, None),
    (5, "queued.png", "pending", 1, 0, None, "", None, None, None, None),
    (6, "waiting.png", "pending", 0, 1, None, "", None, None, None, None),
    (7, "running.png", "running", 1, 0, None, "", None, None, None, None),
)


def make_version_1(folder: Path) -> Path:
    """Makes a library of version 1 with a batch of pages in all states."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(VERSION_1)
        db.execute("INSERT INTO batch VALUES (3, 'Receipts', x'2f7363616e73', 1, '2026-01-02 03:04:05')")
        db.executemany(
            "INSERT INTO page (id, batch_id, position, path, frame, name, size, modified, status, queued, deaths, "
            "message, text_start, line_count, confidence, seconds, recognizer, width, height, turn, rotation) "
            "VALUES (10 + ?1, 3, ?1, CAST('/scans/' || ?2 AS BLOB), 0, ?2, 7, 8, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
            "iif(?8 IS NULL, NULL, 100), iif(?8 IS NULL, NULL, 50), 90, 270)",
            PAGES,
        )
        db.executemany(
            "INSERT INTO line VALUES (?, ?, ?, 0.75, ?)",
            [(11, 0, "Größe 发票", POLYGON), (11, 1, "second", POLYGON), (13, 0, "old", POLYGON)],
        )
        db.commit()
    return folder


def opened(folder: Path) -> closing:
    return closing(sqlite3.connect(folder / FILE_NAME))


def contents(folder: Path) -> dict[str, list[tuple]]:
    """Every row of version 1's columns."""
    names = {"batch": [], "page": [], "line": []}
    with closing(sqlite3.connect(":memory:")) as version_1:
        version_1.executescript(VERSION_1)
        for table, columns in names.items():
            columns.extend(row[1] for row in version_1.execute(f"PRAGMA table_info({table})"))
    with opened(folder) as db:
        if db.execute("PRAGMA user_version").fetchone()[0] >= 5:  # where it has another name
            names["page"][names["page"].index("deaths")] = "suspect"
        return {table: list(db.execute(f"SELECT {', '.join(of)} FROM {table}")) for table, of in names.items()}


def structure(folder: Path) -> dict[str, object]:
    """All that makes a schema, but for how its SQL is laid out."""
    with opened(folder) as db:
        made = list(db.execute("SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name"))
        found: dict[str, object] = {"version": db.execute("PRAGMA user_version").fetchone(), "made": made}
        for kind, name, _ in made:
            if kind == "table":
                for what in ("table_info", "index_list", "foreign_key_list", "table_list"):
                    found[f"{what} {name}"] = sorted(db.execute(f"PRAGMA {what}({name})"), key=str)
            else:
                found[name] = list(db.execute(f"PRAGMA index_xinfo({name})"))
        indexes = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return found | {f"sql {name}": " ".join(sql.split()) for name, sql in indexes}
