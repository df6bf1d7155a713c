-- What an attempt to connect that failed said, and whether the shop was reached
-- since, after which it concerns nobody any more.
ALTER TABLE connectors ADD COLUMN attempt_text TEXT NOT NULL DEFAULT '';
ALTER TABLE connectors ADD COLUMN attempt_over INTEGER NOT NULL DEFAULT 0 CHECK (attempt_over IN (0, 1));
UPDATE connectors SET attempt_over = 1 WHERE checked_at > attempt_at;
