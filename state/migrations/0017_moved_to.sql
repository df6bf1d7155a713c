-- The domain that the shop had moved to when the contact with it failed for that.
ALTER TABLE connectors ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
