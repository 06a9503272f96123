-- Version 11; libraries of earlier ones are brought to it by upgrade_*.sql. Paths are the bytes of the file system, because a file name need not be valid Unicode.
CREATE TABLE batch (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    origin       BLOB NOT NULL,             -- the folder it was made from
    whole_folder INTEGER NOT NULL,          -- 0: files picked one by one out of that folder
    created      TEXT NOT NULL DEFAULT (datetime('now')),
    watched      INTEGER NOT NULL DEFAULT 0, -- what arrives in the folder is read
    way          TEXT NOT NULL DEFAULT 'auto', -- how its pages are read: a Way
    regions      TEXT NOT NULL DEFAULT '[]', -- JSON: left, top, right, bottom in fractions of the page, is_only of each
    hidden       INTEGER NOT NULL DEFAULT 0, -- it is being opened, was removed, or holds pages taken out of another; what cannot be brought back is removed after the next start
    back_to      INTEGER,                   -- the batch out of which its pages are being taken, or into which they are being put back; the next start puts them back
    removed_from INTEGER,                   -- what a person removed and the next start offers to bring back: the batch itself, or the one out of which its pages were taken; NULL: nothing is offered
    own_fields   TEXT NOT NULL DEFAULT '[]', -- JSON: fields that a person marked by example, as fields.py packs them
    languages    TEXT NOT NULL DEFAULT ''   -- the keys of those in which its pages are read, with + between them; empty: the reader chooses
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
    suspect     INTEGER NOT NULL DEFAULT 0, -- a process died while it read the page: it is read last, and alone
    message     TEXT,                       -- why it failed: facts, as facts.py packs them, or what earlier versions said
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
    content     BLOB,                       -- fingerprint of the file that was read; NULL: read it again, known or not
    as_picture  INTEGER NOT NULL DEFAULT 0, -- read even where the file has text of its own
    locked      INTEGER NOT NULL DEFAULT 0, -- the file is protected by a password
    remark      TEXT,                       -- what a person should know of the reading, likewise
    turn_wanted INTEGER,                    -- degrees clockwise to be read at; NULL: as its lines say
    way         TEXT,                       -- how it is read: a Way; NULL: as its batch
    brought     INTEGER NOT NULL DEFAULT 0, -- 1: its reading came in a batch file without the picture, and no other page takes it; 2: with the picture
    rules       BLOB,                       -- rules seen on it, each four little-endian 32-bit numbers: x, y of its ends; NULL: none were looked for
    corrected   INTEGER NOT NULL DEFAULT 0, -- how many corrections it has
    confidence_read REAL,                   -- what its reading alone gave, where it has corrections
    mode_wanted TEXT,                       -- how carefully it is to be read: a Mode; NULL: as the run reads
    read_at     INTEGER,                    -- when its reading was made, in seconds since 1970 (UTC); NULL: by a version that did not note it
    language    TEXT,                       -- of its words, such as 'en'; NULL: none was told
    to_check    INTEGER,                    -- how many of its words are worth a look; NULL: not counted yet
    doubts      BLOB,                       -- where these words are, as doubts.py packs them; NULL: not noted yet
    content_read BLOB,                      -- fingerprint of the file that its reading was made of, also while it is read again
    fields      TEXT,                       -- JSON: values of a receipt that a person wrote, by the names of their fields; NULL: none
    scan        BLOB,                       -- how well it was scanned, as Measures packs it; NULL: nothing was measured
    languages_wanted TEXT,                  -- the languages in which it is read, as those of a batch; NULL: as its batch
    UNIQUE (batch_id, path, frame)
) STRICT;

CREATE TABLE line (
    page_id    INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    text       TEXT NOT NULL,
    confidence REAL NOT NULL,
    polygon    BLOB NOT NULL,               -- eight little-endian 32-bit floats: x, y of four points
    words      BLOB NOT NULL DEFAULT x'',   -- where each of its words is, as words.py packs them
    rivals     BLOB NOT NULL DEFAULT x'',   -- what the reader nearly read instead of some letters, likewise
    PRIMARY KEY (page_id, number)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE left_out (
    batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    path     BLOB NOT NULL,
    why      TEXT NOT NULL,                 -- likewise
    PRIMARY KEY (batch_id, path)
) STRICT, WITHOUT ROWID;

-- Words that a person accepted, in lower case, and how often.
CREATE TABLE user_word (
    word  TEXT PRIMARY KEY,
    times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX batch_by_origin ON batch (origin, whole_folder) WHERE hidden = 0;
CREATE INDEX page_by_position ON page (batch_id, position);
CREATE INDEX page_counts ON page (batch_id, status, queued, to_check);
CREATE INDEX page_blank ON page (batch_id, status, line_count) WHERE status = 'done' AND line_count = 0;
CREATE INDEX page_queue ON page (batch_id, suspect, position) WHERE status = 'pending' AND queued = 1;
CREATE INDEX page_running ON page (status) WHERE status = 'running';
CREATE INDEX page_by_content ON page (content, frame) WHERE content IS NOT NULL;
CREATE INDEX page_locked ON page (batch_id, status, locked) WHERE locked = 1;
CREATE INDEX correction_by_page ON correction (page_id);
CREATE INDEX correction_lost ON correction (page_id) WHERE numbers = '[]' AND before <> '';
CREATE INDEX page_corrected ON page (batch_id, corrected) WHERE corrected > 0;
CREATE INDEX page_read_at ON page (batch_id, read_at) WHERE read_at IS NOT NULL;
CREATE INDEX page_language ON page (language, batch_id) WHERE language IS NOT NULL;
CREATE INDEX page_unread ON page (batch_id, status, to_check, remark) WHERE instr(remark, 'much_unread') > 0;

-- Pages whose row in the index of all texts is not yet what it is to be; of pages that were removed: whose words are still in it.
CREATE TABLE to_index (
    page_id INTEGER PRIMARY KEY
) STRICT;

-- The words of Latin letters that the index has, among which similar ones are looked for.
CREATE TABLE indexed_word (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
