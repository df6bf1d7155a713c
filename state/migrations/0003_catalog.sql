-- The catalogue of every store. These tables are a contract: named as in
-- `eshopctl catalog`, columns as the JSON fields plus store. Other programs may
-- read them and may UPDATE rows. Two more columns are eshopctl's own: account,
-- the shop that a row was imported from, and imported, the fingerprint of what
-- was imported last.

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
  imported         BLOB,
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
  imported            BLOB,
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
  imported             BLOB,
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
  imported         BLOB,
  UNIQUE (account, external_id)
);

CREATE TABLE memberships (
  store                TEXT NOT NULL,
  account              INTEGER NOT NULL REFERENCES accounts,
  category_external_id TEXT NOT NULL,
  product_external_id  TEXT NOT NULL,
  position             INTEGER,
  imported             BLOB,
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
  imported      BLOB,
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
  imported              BLOB,
  PRIMARY KEY (account, inventory_item_id, warehouse_external_id)
) WITHOUT ROWID;
CREATE INDEX stock_by_warehouse ON stock (account, warehouse_external_id);
