-- table accounts accounts
CREATE TABLE accounts ( id INTEGER PRIMARY KEY, store TEXT NOT NULL, provider TEXT NOT NULL, external_id TEXT NOT NULL, -- the provider's immutable id of the shop domain TEXT NOT NULL, -- as last seen, like the next two name TEXT NOT NULL, currency TEXT NOT NULL, -- ISO 4217 linked_at TEXT NOT NULL, -- for the first time UNIQUE (store, provider, external_id) ) STRICT;
-- table categories categories
CREATE TABLE categories ( id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL, title TEXT, slug TEXT, description_html TEXT, kind TEXT, sort_order TEXT, missing_since TEXT, UNIQUE (account, external_id) );
-- trigger categories_deleted categories
CREATE TRIGGER categories_deleted AFTER DELETE ON categories WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'categories', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; END;
-- trigger categories_inserted categories
CREATE TRIGGER categories_inserted AFTER INSERT ON categories WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'categories', NEW.external_id, ''); END;
-- trigger categories_updated categories
CREATE TRIGGER categories_updated AFTER UPDATE ON categories WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'categories', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'categories', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL; END;
-- table chunks chunks
CREATE TABLE chunks ( digest BLOB NOT NULL UNIQUE, -- SHA-256 of the records last BLOB NOT NULL, -- key of the last record records INTEGER NOT NULL, in_stock INTEGER NOT NULL, -- of these, tracked levels above zero data BLOB NOT NULL -- the records, compressed , sound INTEGER NOT NULL DEFAULT 0 CHECK (sound IN (0, 1)), base BLOB) STRICT;
-- table connectors connectors
CREATE TABLE connectors ( store TEXT NOT NULL, provider TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('live', 'inactive', 'failed')), reason TEXT NOT NULL, -- '' when live and well account INTEGER REFERENCES accounts, -- linked now or last; NULL before the first install external_id TEXT, -- of that account, for the index below attached INTEGER NOT NULL DEFAULT 0 CHECK (attached IN (0, 1)), -- the account is this store's until a disconnect generation INTEGER NOT NULL DEFAULT 0, -- counts installs and their ends, so that a run notices a change under it domain TEXT NOT NULL, -- asked for, or of the account sandbox INTEGER NOT NULL CHECK (sandbox IN (0, 1)), auth TEXT NOT NULL, client_id TEXT NOT NULL, scopes TEXT NOT NULL DEFAULT '[]', -- JSON lists of text requested TEXT NOT NULL DEFAULT '[]', set_up_for TEXT NOT NULL DEFAULT '[]', token_kind TEXT NOT NULL DEFAULT '', token_expires_at TEXT, refresh_expires_at TEXT, attempt_at TEXT, -- the last attempt to connect attempt_reason TEXT NOT NULL DEFAULT '', -- '' when it worked api_version TEXT NOT NULL DEFAULT '', connected_at TEXT, checked_at TEXT, renew_at TEXT, trouble TEXT NOT NULL DEFAULT '', attempt_text TEXT NOT NULL DEFAULT '', attempt_over INTEGER NOT NULL DEFAULT 0 CHECK (attempt_over IN (0, 1)), moved_to TEXT NOT NULL DEFAULT '', -- last contact with the shop PRIMARY KEY (store, provider), CHECK (state <> 'live' OR attached), CHECK (NOT attached OR account IS NOT NULL) ) STRICT, WITHOUT ROWID;
-- table edits edits
CREATE TABLE edits ( seq INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, resource TEXT NOT NULL, key1 TEXT NOT NULL, key2 TEXT NOT NULL, found INTEGER NOT NULL DEFAULT 0, UNIQUE (account, resource, key1, key2) ) STRICT;
-- table freshness freshness
CREATE TABLE freshness ( account INTEGER NOT NULL REFERENCES accounts, resource TEXT NOT NULL, as_of TEXT NOT NULL, imported_at TEXT NOT NULL, PRIMARY KEY (account, resource) ) STRICT, WITHOUT ROWID;
-- table holders holders
CREATE TABLE holders ( lock TEXT PRIMARY KEY, pid INTEGER NOT NULL, host TEXT NOT NULL, what TEXT NOT NULL, since TEXT NOT NULL ) STRICT, WITHOUT ROWID;
-- table imported imported
CREATE TABLE imported ( account INTEGER NOT NULL REFERENCES accounts, resource TEXT NOT NULL, snapshot TEXT NOT NULL REFERENCES snapshots (run), PRIMARY KEY (account, resource) ) STRICT, WITHOUT ROWID;
-- table importing importing
CREATE TABLE importing (yes INTEGER NOT NULL) STRICT;
-- table last_read last_read
CREATE TABLE last_read ( account INTEGER NOT NULL REFERENCES accounts, resource TEXT NOT NULL, field TEXT NOT NULL, snapshot TEXT NOT NULL, PRIMARY KEY (account, resource, field) ) STRICT, WITHOUT ROWID;
-- table left_alone left_alone
CREATE TABLE left_alone ( account INTEGER NOT NULL REFERENCES accounts, resource TEXT NOT NULL, key1 TEXT NOT NULL, key2 TEXT NOT NULL, -- '' for tables with one key record BLOB, PRIMARY KEY (account, resource, key1, key2) ) STRICT, WITHOUT ROWID;
-- table media media
CREATE TABLE media ( id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL, product_external_id TEXT NOT NULL, type TEXT, status TEXT, url TEXT, alt TEXT, position INTEGER, variant_external_ids TEXT, -- JSON UNIQUE (account, product_external_id, external_id) );
-- trigger media_deleted media
CREATE TRIGGER media_deleted AFTER DELETE ON media WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'media', OLD.product_external_id, OLD.external_id WHERE OLD.account IS NOT NULL AND OLD.product_external_id IS NOT NULL; END;
-- trigger media_inserted media
CREATE TRIGGER media_inserted AFTER INSERT ON media WHEN NEW.account IS NOT NULL AND NEW.product_external_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'media', NEW.product_external_id, NEW.external_id); END;
-- trigger media_updated media
CREATE TRIGGER media_updated AFTER UPDATE ON media WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'media', OLD.product_external_id, OLD.external_id WHERE OLD.account IS NOT NULL AND OLD.product_external_id IS NOT NULL; INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'media', NEW.product_external_id, NEW.external_id WHERE NEW.account IS NOT NULL AND NEW.product_external_id IS NOT NULL; END;
-- table memberships memberships
CREATE TABLE memberships ( store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, category_external_id TEXT NOT NULL, product_external_id TEXT NOT NULL, position INTEGER, PRIMARY KEY (account, category_external_id, product_external_id) ) WITHOUT ROWID;
-- trigger memberships_deleted memberships
CREATE TRIGGER memberships_deleted AFTER DELETE ON memberships WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'memberships', OLD.category_external_id, OLD.product_external_id WHERE OLD.account IS NOT NULL AND OLD.category_external_id IS NOT NULL; END;
-- trigger memberships_inserted memberships
CREATE TRIGGER memberships_inserted AFTER INSERT ON memberships WHEN NEW.account IS NOT NULL AND NEW.category_external_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'memberships', NEW.category_external_id, NEW.product_external_id); END;
-- trigger memberships_updated memberships
CREATE TRIGGER memberships_updated AFTER UPDATE ON memberships WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'memberships', OLD.category_external_id, OLD.product_external_id WHERE OLD.account IS NOT NULL AND OLD.category_external_id IS NOT NULL; INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'memberships', NEW.category_external_id, NEW.product_external_id WHERE NEW.account IS NOT NULL AND NEW.category_external_id IS NOT NULL; END;
-- table operations operations
CREATE TABLE operations ( store TEXT NOT NULL, provider TEXT NOT NULL, account_id TEXT NOT NULL, -- the provider's id of the shop document TEXT NOT NULL, -- SHA-256, in hexadecimal digits operation TEXT NOT NULL, -- the provider's id noted_at TEXT NOT NULL, PRIMARY KEY (store, provider, account_id, document) ) STRICT, WITHOUT ROWID;
-- table plan_chunks plan_chunks
CREATE TABLE plan_chunks ( plan TEXT NOT NULL REFERENCES plans (run) ON DELETE CASCADE, resource TEXT NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (plan, resource, seq) ) STRICT, WITHOUT ROWID;
-- table plans plans
CREATE TABLE plans ( run TEXT PRIMARY KEY REFERENCES runs (id), store TEXT NOT NULL, complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)), info TEXT NOT NULL DEFAULT '{}' -- JSON ) STRICT, WITHOUT ROWID;
-- table products products
CREATE TABLE products ( id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL, title TEXT, slug TEXT, status TEXT, vendor TEXT, product_type TEXT, description_html TEXT, tags TEXT, -- JSON options TEXT, -- JSON seo_title TEXT, seo_description TEXT, missing_since TEXT, created_run TEXT, updated_run TEXT, UNIQUE (account, external_id) );
-- trigger products_deleted products
CREATE TRIGGER products_deleted AFTER DELETE ON products WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'products', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; END;
-- trigger products_inserted products
CREATE TRIGGER products_inserted AFTER INSERT ON products WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'products', NEW.external_id, ''); END;
-- trigger products_updated products
CREATE TRIGGER products_updated AFTER UPDATE ON products WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'products', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'products', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL; END;
-- table remarks remarks
CREATE TABLE remarks ( run TEXT NOT NULL REFERENCES runs (id), seq INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, resource TEXT NOT NULL, external_id TEXT NOT NULL, local_id TEXT NOT NULL, message TEXT NOT NULL, hint TEXT NOT NULL, PRIMARY KEY (run, seq) ) STRICT, WITHOUT ROWID;
-- table runs runs
CREATE TABLE runs ( seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('preview', 'import', 'reconcile', 'undo')), store TEXT NOT NULL, provider TEXT NOT NULL, domain TEXT NOT NULL, account_id TEXT NOT NULL, -- the provider's id of the shop status TEXT NOT NULL CHECK (status IN ('running', 'succeeded', 'partial', 'failed', 'interrupted')), error TEXT, -- JSON: code, message, hint plan TEXT NOT NULL, -- the run whose plan it made or applied, '' while there is none reader TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, counts TEXT NOT NULL, -- JSON, as shown warnings_by TEXT NOT NULL, -- JSON: code -> number, exact rejected_by TEXT NOT NULL , accepted_of TEXT NOT NULL DEFAULT '', reconciliation TEXT NOT NULL DEFAULT '', resources TEXT NOT NULL DEFAULT '', not_read TEXT NOT NULL DEFAULT '', as_of TEXT, started_by TEXT NOT NULL DEFAULT '') STRICT;
-- table secrets secrets
CREATE TABLE secrets ( store TEXT NOT NULL, provider TEXT NOT NULL, name TEXT NOT NULL CHECK (name IN ('access_token', 'refresh_token', 'client_secret')), sealed BLOB NOT NULL, PRIMARY KEY (store, provider, name), FOREIGN KEY (store, provider) REFERENCES connectors ON DELETE CASCADE ) STRICT, WITHOUT ROWID;
-- table snapshot_chunks snapshot_chunks
CREATE TABLE snapshot_chunks ( snapshot TEXT NOT NULL REFERENCES snapshots (run) ON DELETE CASCADE, resource TEXT NOT NULL, seq INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (snapshot, resource, seq) ) STRICT, WITHOUT ROWID;
-- table snapshots snapshots
CREATE TABLE snapshots ( run TEXT PRIMARY KEY REFERENCES runs (id), store TEXT NOT NULL, complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)), info TEXT NOT NULL DEFAULT '{}' -- JSON ) STRICT, WITHOUT ROWID;
-- table stock stock
CREATE TABLE stock ( store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, variant_external_id TEXT, inventory_item_id TEXT NOT NULL, warehouse_external_id TEXT NOT NULL, sku TEXT, tracked INTEGER, -- of the variant: where it is 0 the numbers mean nothing active INTEGER, available INTEGER, on_hand INTEGER, committed INTEGER, incoming INTEGER, updated_run TEXT, PRIMARY KEY (account, inventory_item_id, warehouse_external_id) ) WITHOUT ROWID;
-- trigger stock_deleted stock
CREATE TRIGGER stock_deleted AFTER DELETE ON stock WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'stock', OLD.inventory_item_id, OLD.warehouse_external_id WHERE OLD.account IS NOT NULL AND OLD.inventory_item_id IS NOT NULL; END;
-- trigger stock_inserted stock
CREATE TRIGGER stock_inserted AFTER INSERT ON stock WHEN NEW.account IS NOT NULL AND NEW.inventory_item_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'stock', NEW.inventory_item_id, NEW.warehouse_external_id); END;
-- trigger stock_updated stock
CREATE TRIGGER stock_updated AFTER UPDATE ON stock WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'stock', OLD.inventory_item_id, OLD.warehouse_external_id WHERE OLD.account IS NOT NULL AND OLD.inventory_item_id IS NOT NULL; INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'stock', NEW.inventory_item_id, NEW.warehouse_external_id WHERE NEW.account IS NOT NULL AND NEW.inventory_item_id IS NOT NULL; END;
-- table stood_for stood_for
CREATE TABLE stood_for ( seq INTEGER PRIMARY KEY, account INTEGER NOT NULL, external_id TEXT NOT NULL, warehouse INTEGER NOT NULL, UNIQUE (account, external_id, warehouse) ) STRICT;
-- table stores stores
CREATE TABLE stores ( store TEXT PRIMARY KEY, serial INTEGER NOT NULL ) STRICT, WITHOUT ROWID;
-- table variants variants
CREATE TABLE variants ( id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL, product_external_id TEXT, inventory_item_id TEXT, title TEXT, sku TEXT, barcode TEXT, price TEXT, -- decimal, as the shop wrote it compare_at_price TEXT, currency TEXT, options TEXT, -- JSON position INTEGER, tracked INTEGER, requires_shipping INTEGER, weight TEXT, -- decimal weight_unit TEXT, UNIQUE (account, external_id) );
-- trigger variants_deleted variants
CREATE TRIGGER variants_deleted AFTER DELETE ON variants WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'variants', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; END;
-- trigger variants_inserted variants
CREATE TRIGGER variants_inserted AFTER INSERT ON variants WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'variants', NEW.external_id, ''); END;
-- trigger variants_updated variants
CREATE TRIGGER variants_updated AFTER UPDATE ON variants WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'variants', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'variants', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL; END;
-- table warehouses warehouses
CREATE TABLE warehouses ( id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER REFERENCES accounts, external_id TEXT, name TEXT, active INTEGER, address TEXT, -- JSON linked INTEGER GENERATED ALWAYS AS (external_id IS NOT NULL) VIRTUAL, missing_since TEXT, UNIQUE (account, external_id) );
-- trigger warehouses_deleted warehouses
CREATE TRIGGER warehouses_deleted AFTER DELETE ON warehouses WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'warehouses', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; END;
-- trigger warehouses_gone warehouses
CREATE TRIGGER warehouses_gone AFTER DELETE ON warehouses BEGIN UPDATE OR REPLACE stood_for SET warehouse = 0 WHERE warehouse = OLD.id; END;
-- trigger warehouses_inserted warehouses
CREATE TRIGGER warehouses_inserted AFTER INSERT ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'warehouses', NEW.external_id, ''); END;
-- trigger warehouses_mapped warehouses
CREATE TRIGGER warehouses_mapped AFTER INSERT ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id <> '' BEGIN INSERT OR REPLACE INTO stood_for (account, external_id, warehouse) VALUES (NEW.account, NEW.external_id, NEW.id); END;
-- trigger warehouses_mapped_again warehouses
CREATE TRIGGER warehouses_mapped_again AFTER UPDATE OF account, external_id ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id <> '' BEGIN INSERT OR REPLACE INTO stood_for (account, external_id, warehouse) VALUES (NEW.account, NEW.external_id, NEW.id); END;
-- trigger warehouses_updated warehouses
CREATE TRIGGER warehouses_updated AFTER UPDATE ON warehouses WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'warehouses', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL; INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'warehouses', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL; END;
