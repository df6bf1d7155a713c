-- How often eshopctl has written each store's catalogue or mapping. A plan made
-- at another serial is stale.
CREATE TABLE stores (
  store  TEXT PRIMARY KEY,
  serial INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The history. seq gives the order in which runs began.
CREATE TABLE runs (
  seq         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL CHECK (kind IN ('preview', 'import', 'reconcile', 'undo')),
  store       TEXT NOT NULL,
  provider    TEXT NOT NULL,
  domain      TEXT NOT NULL,
  account_id  TEXT NOT NULL,  -- the provider's id of the shop
  status      TEXT NOT NULL CHECK (status IN ('running', 'succeeded', 'partial', 'failed', 'interrupted')),
  error       TEXT,           -- JSON: code, message, hint
  plan        TEXT NOT NULL,  -- the run whose plan it made or applied, '' while there is none
  reader      TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  finished_at TEXT,
  counts      TEXT NOT NULL,  -- JSON, as shown
  warnings_by TEXT NOT NULL,  -- JSON: code -> number, exact
  rejected_by TEXT NOT NULL
) STRICT;
CREATE INDEX runs_of_store ON runs (store, seq);

-- Remarks of the run that made a plan, at most 10,000 of each code.
CREATE TABLE remarks (
  run         TEXT NOT NULL REFERENCES runs (id),
  seq         INTEGER NOT NULL,
  code        TEXT NOT NULL,
  severity    TEXT NOT NULL,
  resource    TEXT NOT NULL,
  external_id TEXT NOT NULL,
  local_id    TEXT NOT NULL,
  message     TEXT NOT NULL,
  hint        TEXT NOT NULL,
  PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

-- Complete reads of a shop. The records stand in chunks that snapshots share:
-- where a chunk ends follows from the ids in it, so equal content makes equal
-- chunks.
CREATE TABLE snapshots (
  run      TEXT PRIMARY KEY REFERENCES runs (id),
  store    TEXT NOT NULL,
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  info     TEXT NOT NULL DEFAULT '{}'  -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot_chunks (
  snapshot TEXT NOT NULL REFERENCES snapshots (run) ON DELETE CASCADE,
  resource TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  digest   BLOB NOT NULL,
  PRIMARY KEY (snapshot, resource, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_chunks_by_digest ON snapshot_chunks (digest);

CREATE TABLE chunks (
  digest   BLOB NOT NULL UNIQUE,  -- SHA-256 of the records
  last     BLOB NOT NULL,         -- key of the last record
  records  INTEGER NOT NULL,
  in_stock INTEGER NOT NULL,      -- of these, tracked levels above zero
  data     BLOB NOT NULL          -- the records, compressed
) STRICT;

-- What runs would change. The changes stand in compressed chunks, in order.
CREATE TABLE plans (
  run      TEXT PRIMARY KEY REFERENCES runs (id),
  store    TEXT NOT NULL,
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  info     TEXT NOT NULL DEFAULT '{}'  -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_chunks (
  plan     TEXT NOT NULL REFERENCES plans (run) ON DELETE CASCADE,
  resource TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  data     BLOB NOT NULL,
  PRIMARY KEY (plan, resource, seq)
) STRICT, WITHOUT ROWID;

-- How old the catalogue is: when the read began that it was last brought to.
CREATE TABLE freshness (
  account     INTEGER NOT NULL REFERENCES accounts,
  resource    TEXT NOT NULL,
  as_of       TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  PRIMARY KEY (account, resource)
) STRICT, WITHOUT ROWID;

-- Who holds a lock, for the message. The lock itself is the system's, on a file
-- beside this one, and ends with its holder.
CREATE TABLE holders (
  lock  TEXT PRIMARY KEY,
  pid   INTEGER NOT NULL,
  host  TEXT NOT NULL,
  what  TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
