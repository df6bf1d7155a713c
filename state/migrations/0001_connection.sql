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

-- How each store stands with each provider.
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
  only_resources     TEXT NOT NULL DEFAULT '[]',
  token_kind         TEXT NOT NULL DEFAULT '',
  token_expires_at   TEXT,
  refresh_expires_at TEXT,
  attempt_at         TEXT,                         -- the last attempt to connect
  attempt_reason     TEXT NOT NULL DEFAULT '',     -- '' when it worked
  api_version        TEXT NOT NULL DEFAULT '',
  connected_at       TEXT,
  checked_at         TEXT,                         -- last contact with the shop
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
