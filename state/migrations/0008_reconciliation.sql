-- What a run of kind reconcile found beside its counts: JSON, '' for other kinds.
ALTER TABLE runs ADD COLUMN reconciliation TEXT NOT NULL DEFAULT '';
