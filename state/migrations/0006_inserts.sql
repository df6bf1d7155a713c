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
