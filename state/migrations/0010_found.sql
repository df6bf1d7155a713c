-- An edit may have been found by a reconciliation: the row is not what was
-- imported, and nobody is known to have touched it. The next import looks at it.
ALTER TABLE edits ADD COLUMN found INTEGER NOT NULL DEFAULT 0;
