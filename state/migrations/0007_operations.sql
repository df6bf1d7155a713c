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
