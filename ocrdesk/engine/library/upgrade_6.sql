-- From version 5 to 6: rules seen on a page.
ALTER TABLE page ADD COLUMN rules BLOB;
