-- From version 2 to 3: words of lines, pages that a person turned.
ALTER TABLE page ADD COLUMN turn_wanted INTEGER;
ALTER TABLE line ADD COLUMN words BLOB NOT NULL DEFAULT x'';
