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
INSERT OR IGNORE INTO stood_for (account, external_id, warehouse)
  SELECT DISTINCT account, warehouse_external_id, 0 FROM stock;
INSERT OR IGNORE INTO stood_for (account, external_id, warehouse)
  SELECT account, external_id, id FROM warehouses WHERE account IS NOT NULL AND external_id <> '' ORDER BY id;

CREATE TRIGGER warehouses_mapped AFTER INSERT ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id <> '' BEGIN
  INSERT OR REPLACE INTO stood_for (account, external_id, warehouse) VALUES (NEW.account, NEW.external_id, NEW.id);
END;
CREATE TRIGGER warehouses_mapped_again AFTER UPDATE OF account, external_id ON warehouses WHEN NEW.account IS NOT NULL AND NEW.external_id <> '' BEGIN
  INSERT OR REPLACE INTO stood_for (account, external_id, warehouse) VALUES (NEW.account, NEW.external_id, NEW.id);
END;
CREATE TRIGGER warehouses_gone AFTER DELETE ON warehouses BEGIN
  UPDATE OR REPLACE stood_for SET warehouse = 0 WHERE warehouse = OLD.id;
END;
