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

-- ... and the rows that somebody else touched since. seq only grows.
CREATE TABLE edits (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  account  INTEGER NOT NULL,
  resource TEXT NOT NULL,
  key1     TEXT NOT NULL,
  key2     TEXT NOT NULL,
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
