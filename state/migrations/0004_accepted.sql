-- The run whose warnings a run accepted as known; they are kept as long as that
-- run is.
ALTER TABLE runs ADD COLUMN accepted_of TEXT NOT NULL DEFAULT '';
