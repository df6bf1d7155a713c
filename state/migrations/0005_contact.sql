-- When a token is to be renewed, ahead of its end, and why the contact with the
-- shop after checked_at was not good: '' when it was.
ALTER TABLE connectors ADD COLUMN renew_at TEXT;
ALTER TABLE connectors ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
UPDATE connectors SET renew_at = token_expires_at;
