-- From version 9 to 10.

-- Values of receipts: what a person wrote, and the own fields of a batch.
ALTER TABLE page ADD COLUMN fields TEXT;
ALTER TABLE batch ADD COLUMN own_fields TEXT NOT NULL DEFAULT '[]';
