-- The oldest schema that there are files of. Files of the schemas before it were never
-- released. White space and comments within a statement are those of the files, which are
-- compared with it to the letter.

-- Which external shops a store was ever linked to. Rows are never deleted:
-- catalogue, mappings and history of a shop hang on id, and a store that comes
-- back to a shop finds them again.
CREATE TABLE accounts (
  id          INTEGER PRIMARY KEY,
  store       TEXT NOT NULL,
  provider    TEXT NOT NULL,
  external_id TEXT NOT NULL,  -- the provider's immutable id of the shop
  domain      TEXT NOT NULL,  -- as last seen, like the next two
  name        TEXT NOT NULL,
  currency    TEXT NOT NULL,  -- ISO 4217
  linked_at   TEXT NOT NULL,  -- for the first time
  UNIQUE (store, provider, external_id)
) STRICT;

-- How each store stands with each provider. checked_at is the last contact with the
-- shop; trouble says why the contact after it was not good, '' when it was. renew_at is
-- when a token is to be renewed, ahead of its end. attempt_text is what the last attempt
-- that failed said, attempt_over whether the shop was reached since. moved_to is the
-- domain that the shop had moved to when the contact with it failed for that.
CREATE TABLE connectors (
  store              TEXT NOT NULL,
  provider           TEXT NOT NULL,
  state              TEXT NOT NULL CHECK (state IN ('live', 'inactive', 'failed')),
  reason             TEXT NOT NULL,                -- '' when live and well
  account            INTEGER REFERENCES accounts,  -- linked now or last; NULL before the first install
  external_id        TEXT,                         -- of that account, for the index below
  attached           INTEGER NOT NULL DEFAULT 0 CHECK (attached IN (0, 1)), -- the account is this store's until a disconnect
  generation         INTEGER NOT NULL DEFAULT 0,   -- counts installs and their ends, so that a run notices a change under it
  domain             TEXT NOT NULL,                -- asked for, or of the account
  sandbox            INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  auth               TEXT NOT NULL,
  client_id          TEXT NOT NULL,
  scopes             TEXT NOT NULL DEFAULT '[]',   -- JSON lists of text
  requested          TEXT NOT NULL DEFAULT '[]',
  set_up_for     TEXT NOT NULL DEFAULT '[]',
  token_kind         TEXT NOT NULL DEFAULT '',
  token_expires_at   TEXT,
  refresh_expires_at TEXT,
  attempt_at         TEXT,                         -- the last attempt to connect
  attempt_reason     TEXT NOT NULL DEFAULT '',     -- '' when it worked
  api_version        TEXT NOT NULL DEFAULT '',
  connected_at       TEXT,
  checked_at         TEXT,
  renew_at TEXT,
  trouble TEXT NOT NULL DEFAULT '',
  attempt_text TEXT NOT NULL DEFAULT '',
  attempt_over INTEGER NOT NULL DEFAULT 0 CHECK (attempt_over IN (0, 1)),
  moved_to TEXT NOT NULL DEFAULT '',                         -- last contact with the shop
  PRIMARY KEY (store, provider),
  CHECK (state <> 'live' OR attached),
  CHECK (NOT attached OR account IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- A shop belongs to one store only.
CREATE UNIQUE INDEX attached_account ON connectors (provider, external_id) WHERE attached;

-- Tokens and client secrets, sealed; apart from the connectors so that no list
-- of connectors ever reads them.
CREATE TABLE secrets (
  store    TEXT NOT NULL,
  provider TEXT NOT NULL,
  name     TEXT NOT NULL CHECK (name IN ('access_token', 'refresh_token', 'client_secret')),
  sealed   BLOB NOT NULL,
  PRIMARY KEY (store, provider, name),
  FOREIGN KEY (store, provider) REFERENCES connectors ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- How often eshopctl has written each store's catalogue or mapping. A plan made
-- at another serial is stale.
CREATE TABLE stores (
  store  TEXT PRIMARY KEY,
  serial INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The history. seq gives the order in which runs began. accepted_of is the run whose
-- warnings a run accepted as known; they are kept as long as that run is. reconciliation
-- is what a run of that kind found beside its counts, JSON; resources and not_read are what
-- a run was to read, and what it did not look at and why, JSON lists. as_of is when its
-- read of the shop began, NULL when none ended well.
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
  , accepted_of TEXT NOT NULL DEFAULT '',
  reconciliation TEXT NOT NULL DEFAULT '',
  resources TEXT NOT NULL DEFAULT '',
  not_read TEXT NOT NULL DEFAULT '',
  as_of TEXT,
  started_by TEXT NOT NULL DEFAULT '') STRICT;

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

-- sound is whether nothing in the records of a chunk hinders their import, as far as they
-- themselves show. base is another chunk, stored whole, of which this one holds the
-- differences, as files of schema 17 have them.
CREATE TABLE chunks (
  digest   BLOB NOT NULL UNIQUE,  -- SHA-256 of the records
  last     BLOB NOT NULL,         -- key of the last record
  records  INTEGER NOT NULL,
  in_stock INTEGER NOT NULL,      -- of these, tracked levels above zero
  data     BLOB NOT NULL          -- the records, compressed
  , sound INTEGER NOT NULL DEFAULT 0 CHECK (sound IN (0, 1)),
  base BLOB) STRICT;

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

-- The catalogue of every store. These tables are a contract: named as in
-- `eshopctl catalog`, columns as the JSON fields plus store. Other programs may
-- read them and may UPDATE rows. One more column is eshopctl's own: account, the
-- shop that a row was imported from.
CREATE TABLE products (
  id               INTEGER PRIMARY KEY,
  store            TEXT NOT NULL,
  account          INTEGER NOT NULL REFERENCES accounts,
  external_id      TEXT NOT NULL,
  title            TEXT,
  slug             TEXT,
  status           TEXT,
  vendor           TEXT,
  product_type     TEXT,
  description_html TEXT,
  tags             TEXT,  -- JSON
  options          TEXT,  -- JSON
  seo_title        TEXT,
  seo_description  TEXT,
  missing_since    TEXT,
  created_run      TEXT,
  updated_run      TEXT,
  UNIQUE (account, external_id)
);

CREATE TABLE variants (
  id                  INTEGER PRIMARY KEY,
  store               TEXT NOT NULL,
  account             INTEGER NOT NULL REFERENCES accounts,
  external_id         TEXT NOT NULL,
  product_external_id TEXT,
  inventory_item_id   TEXT,
  title               TEXT,
  sku                 TEXT,
  barcode             TEXT,
  price               TEXT,  -- decimal, as the shop wrote it
  compare_at_price    TEXT,
  currency            TEXT,
  options             TEXT,  -- JSON
  position            INTEGER,
  tracked             INTEGER,
  requires_shipping   INTEGER,
  weight              TEXT,  -- decimal
  weight_unit         TEXT,
  UNIQUE (account, external_id)
);

CREATE TABLE media (
  id                   INTEGER PRIMARY KEY,
  store                TEXT NOT NULL,
  account              INTEGER NOT NULL REFERENCES accounts,
  external_id          TEXT NOT NULL,
  product_external_id  TEXT NOT NULL,
  type                 TEXT,
  status               TEXT,
  url                  TEXT,
  alt                  TEXT,
  position             INTEGER,
  variant_external_ids TEXT,  -- JSON
  UNIQUE (account, product_external_id, external_id)
);

CREATE TABLE categories (
  id               INTEGER PRIMARY KEY,
  store            TEXT NOT NULL,
  account          INTEGER NOT NULL REFERENCES accounts,
  external_id      TEXT NOT NULL,
  title            TEXT,
  slug             TEXT,
  description_html TEXT,
  kind             TEXT,
  sort_order       TEXT,
  missing_since    TEXT,
  UNIQUE (account, external_id)
);

CREATE TABLE memberships (
  store                TEXT NOT NULL,
  account              INTEGER NOT NULL REFERENCES accounts,
  category_external_id TEXT NOT NULL,
  product_external_id  TEXT NOT NULL,
  position             INTEGER,
  PRIMARY KEY (account, category_external_id, product_external_id)
) WITHOUT ROWID;

-- A warehouse without external_id belongs to no location of a shop.
CREATE TABLE warehouses (
  id            INTEGER PRIMARY KEY,
  store         TEXT NOT NULL,
  account       INTEGER REFERENCES accounts,
  external_id   TEXT,
  name          TEXT,
  active        INTEGER,
  address       TEXT,  -- JSON
  linked        INTEGER GENERATED ALWAYS AS (external_id IS NOT NULL) VIRTUAL,
  missing_since TEXT,
  UNIQUE (account, external_id)
);

CREATE TABLE stock (
  store                 TEXT NOT NULL,
  account               INTEGER NOT NULL REFERENCES accounts,
  variant_external_id   TEXT,
  inventory_item_id     TEXT NOT NULL,
  warehouse_external_id TEXT NOT NULL,
  sku                   TEXT,
  tracked               INTEGER,  -- of the variant: where it is 0 the numbers mean nothing
  active                INTEGER,
  available             INTEGER,
  on_hand               INTEGER,
  committed             INTEGER,
  incoming              INTEGER,
  updated_run           TEXT,
  PRIMARY KEY (account, inventory_item_id, warehouse_external_id)
) WITHOUT ROWID;

-- What was imported last: the snapshot that each table was brought to ...
CREATE TABLE imported (
  account  INTEGER NOT NULL REFERENCES accounts,
  resource TEXT NOT NULL,
  snapshot TEXT NOT NULL REFERENCES snapshots (run),
  PRIMARY KEY (account, resource)
) STRICT, WITHOUT ROWID;

-- ... but for the rows that an import left alone, with the record that was
-- imported into them before, NULL when that is not known ...
CREATE TABLE left_alone (
  account  INTEGER NOT NULL REFERENCES accounts,
  resource TEXT NOT NULL,
  key1     TEXT NOT NULL,
  key2     TEXT NOT NULL,  -- '' for tables with one key
  record   BLOB,
  PRIMARY KEY (account, resource, key1, key2)
) STRICT, WITHOUT ROWID;

-- ... and the rows that somebody else touched since. seq only grows. found is whether a
-- reconciliation found the edit: the row is not what was imported, and nobody is known to
-- have touched it.
CREATE TABLE edits (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  account  INTEGER NOT NULL,
  resource TEXT NOT NULL,
  key1     TEXT NOT NULL,
  key2     TEXT NOT NULL,
  found INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, resource, key1, key2)
) STRICT;

-- An import says within its transaction that it is one, so that what it writes
-- is no edit.
CREATE TABLE importing (yes INTEGER NOT NULL) STRICT;
INSERT INTO importing VALUES (0);

CREATE TRIGGER products_updated AFTER UPDATE ON products WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'products', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'products', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL;
END;

CREATE TRIGGER products_deleted AFTER DELETE ON products WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'products', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
END;

CREATE TRIGGER variants_updated AFTER UPDATE ON variants WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'variants', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'variants', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL;
END;

CREATE TRIGGER variants_deleted AFTER DELETE ON variants WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'variants', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
END;

CREATE TRIGGER media_updated AFTER UPDATE ON media WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'media', OLD.product_external_id, OLD.external_id WHERE OLD.account IS NOT NULL AND OLD.product_external_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'media', NEW.product_external_id, NEW.external_id WHERE NEW.account IS NOT NULL AND NEW.product_external_id IS NOT NULL;
END;

CREATE TRIGGER media_deleted AFTER DELETE ON media WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'media', OLD.product_external_id, OLD.external_id WHERE OLD.account IS NOT NULL AND OLD.product_external_id IS NOT NULL;
END;

CREATE TRIGGER categories_updated AFTER UPDATE ON categories WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'categories', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'categories', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL;
END;

CREATE TRIGGER categories_deleted AFTER DELETE ON categories WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'categories', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
END;

CREATE TRIGGER memberships_updated AFTER UPDATE ON memberships WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'memberships', OLD.category_external_id, OLD.product_external_id WHERE OLD.account IS NOT NULL AND OLD.category_external_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'memberships', NEW.category_external_id, NEW.product_external_id WHERE NEW.account IS NOT NULL AND NEW.category_external_id IS NOT NULL;
END;

CREATE TRIGGER memberships_deleted AFTER DELETE ON memberships WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'memberships', OLD.category_external_id, OLD.product_external_id WHERE OLD.account IS NOT NULL AND OLD.category_external_id IS NOT NULL;
END;

CREATE TRIGGER warehouses_updated AFTER UPDATE ON warehouses WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'warehouses', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'warehouses', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL;
END;

CREATE TRIGGER warehouses_deleted AFTER DELETE ON warehouses WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'warehouses', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
END;

CREATE TRIGGER stock_updated AFTER UPDATE ON stock WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'stock', OLD.inventory_item_id, OLD.warehouse_external_id WHERE OLD.account IS NOT NULL AND OLD.inventory_item_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'stock', NEW.inventory_item_id, NEW.warehouse_external_id WHERE NEW.account IS NOT NULL AND NEW.inventory_item_id IS NOT NULL;
END;

CREATE TRIGGER stock_deleted AFTER DELETE ON stock WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'stock', OLD.inventory_item_id, OLD.warehouse_external_id WHERE OLD.account IS NOT NULL AND OLD.inventory_item_id IS NOT NULL;
END;

-- Rows that somebody else made count as edits too, as do those that INSERT OR
-- REPLACE put in the place of others. An import drops these triggers and makes
-- them again, within its transaction.
CREATE TRIGGER products_inserted AFTER INSERT ON products WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'products', NEW.external_id, '');
END;

CREATE TRIGGER variants_inserted AFTER INSERT ON variants WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'variants', NEW.external_id, '');
END;

CREATE TRIGGER media_inserted AFTER INSERT ON media WHEN NEW.account IS NOT NULL AND NEW.product_external_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'media', NEW.product_external_id, NEW.external_id);
END;

CREATE TRIGGER categories_inserted AFTER INSERT ON categories WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'categories', NEW.external_id, '');
END;

CREATE TRIGGER memberships_inserted AFTER INSERT ON memberships WHEN NEW.account IS NOT NULL AND NEW.category_external_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'memberships', NEW.category_external_id, NEW.product_external_id);
END;

CREATE TRIGGER warehouses_inserted AFTER INSERT ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'warehouses', NEW.external_id, '');
END;

CREATE TRIGGER stock_inserted AFTER INSERT ON stock WHEN NEW.account IS NOT NULL AND NEW.inventory_item_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'stock', NEW.inventory_item_id, NEW.warehouse_external_id);
END;

-- Bulk operations that a shop is working at for a reading, so that a reading
-- which was cut off goes on with them. Which document is read shows in a digest.
CREATE TABLE operations (
  store      TEXT NOT NULL,
  provider   TEXT NOT NULL,
  account_id TEXT NOT NULL,  -- the provider's id of the shop
  document   TEXT NOT NULL,  -- SHA-256, in hexadecimal digits
  operation  TEXT NOT NULL,  -- the provider's id
  noted_at   TEXT NOT NULL,
  PRIMARY KEY (store, provider, account_id, document)
) STRICT, WITHOUT ROWID;

-- The key of the digests of chunks, so that a shop cannot choose chunks that are
-- taken for others. Digests from before it are only names of their chunks.
CREATE TABLE digest_key (key BLOB NOT NULL CHECK (length(key) = 32)) STRICT;
INSERT INTO digest_key VALUES (randomblob(32));

-- Which warehouse stood for which location, the newest pair last. A mapping that was
-- lost is told by it, whoever took it away: triggers note what others do as well.
-- warehouse is 0 where that is not there any more, since ids are given out again.
CREATE TABLE stood_for (
  seq         INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  warehouse   INTEGER NOT NULL,
  UNIQUE (account, external_id, warehouse)
) STRICT;

CREATE TRIGGER warehouses_mapped AFTER INSERT ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id <> '' BEGIN
  INSERT OR REPLACE INTO stood_for (account, external_id, warehouse) VALUES (NEW.account, NEW.external_id, NEW.id);
END;

CREATE TRIGGER warehouses_mapped_again AFTER UPDATE OF account, external_id ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id <> '' BEGIN
  INSERT OR REPLACE INTO stood_for (account, external_id, warehouse) VALUES (NEW.account, NEW.external_id, NEW.id);
END;

CREATE TRIGGER warehouses_gone AFTER DELETE ON warehouses BEGIN
  UPDATE OR REPLACE stood_for SET warehouse = 0 WHERE warehouse = OLD.id;
END;
