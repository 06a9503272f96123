-- From version 9 to 10.
-- Pages are found by their language.
CREATE INDEX page_language ON page (language, batch_id) WHERE language IS NOT NULL;
