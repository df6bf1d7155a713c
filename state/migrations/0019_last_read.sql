-- Columns that the snapshot a table was brought to was read without, and the snapshot
-- that brought each last, '' when none did.
CREATE TABLE last_read (
	account  INTEGER NOT NULL REFERENCES accounts,
	resource TEXT NOT NULL,
	field    TEXT NOT NULL,
	snapshot TEXT NOT NULL,
	PRIMARY KEY (account, resource, field)
) STRICT, WITHOUT ROWID;
