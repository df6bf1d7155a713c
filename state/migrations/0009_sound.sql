-- Whether nothing in the records of a chunk hinders their import, as far as they
-- themselves show. Of chunks that were stored before it is not known.
ALTER TABLE chunks ADD COLUMN sound INTEGER NOT NULL DEFAULT 0 CHECK (sound IN (0, 1));
