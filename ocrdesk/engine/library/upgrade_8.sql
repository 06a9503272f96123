-- From version 7 to 8: pages that were taken out of a batch can be put back.
ALTER TABLE batch ADD COLUMN back_to INTEGER;
