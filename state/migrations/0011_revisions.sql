-- A chunk in which few records differ from another one may be stored as what
-- differs. That other one, its base, is stored whole.
ALTER TABLE chunks ADD COLUMN base BLOB;
