-- From version 10 to 11: the languages in which batches and pages are to be read.
ALTER TABLE batch ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN languages_wanted TEXT;
