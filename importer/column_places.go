package importer

// The indexes of the columns that the rules of an import use.
var (
	WarehouseName   = Warehouses.Column("name")
	WarehouseActive = Warehouses.Column("active")

	StockVariant   = Stock.Column("variant_external_id")
	StockItem      = Stock.Column("inventory_item_id")
	StockWarehouse = Stock.Column("warehouse_external_id")
	StockSKU       = Stock.Column("sku")
	StockTracked   = Stock.Column("tracked")
	StockActive    = Stock.Column("active")
	StockAvailable = Stock.Column("available")
	StockOnHand    = Stock.Column("on_hand")

	VariantProduct = Variants.Column("product_external_id")
	VariantItem    = Variants.Column("inventory_item_id")
	VariantTitle   = Variants.Column("title")
	VariantSKU     = Variants.Column("sku")
	VariantTracked = Variants.Column("tracked")

	MediaProduct  = Media.Column("product_external_id")
	MediaType     = Media.Column("type")
	MediaStatus   = Media.Column("status")
	MediaPosition = Media.Column("position")
	MediaVariants = Media.Column("variant_external_ids")
)
