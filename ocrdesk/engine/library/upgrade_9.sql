-- From version 8 to 9.
-- The letters that the reader nearly read are kept.
ALTER TABLE line ADD COLUMN rivals BLOB NOT NULL DEFAULT x'';
