-- From version 9 to 10.

-- The words of Latin letters that the index has, among which similar ones are looked for.
CREATE TABLE indexed_word (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
