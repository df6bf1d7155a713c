package checking

import (
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// VariantEvidence is all that is known about a variant and its stock.
type VariantEvidence struct {
	Store, Asked string
	Seen         *importer.Sighting // nil if the shop does not have it
	Row          importer.Record    // nil if the store does not have it
	Levels       []LevelEvidence
	NotRead      []importer.NotRead // fields of its tables that the last import did not read
}

// LevelEvidence is all that is known about one stock level.
type LevelEvidence struct {
	LocationID string
	Seen       *importer.SeenLevel // the level in the shop now; nil if it is not stocked there
	Warehouse  *WarehouseEvidence
	Run        *StockRun        // the last import of stock; nil if there was none
	Read       importer.Record  // what that run read; nil if nothing
	Remark     *importer.Remark // why that run did not write the level; nil if it did
	Row        importer.Record  // nil if there is none
	UpdatedBy  string           // the run that wrote the row last
}

// WarehouseEvidence is the warehouse that stands for a location.
type WarehouseEvidence struct {
	ID, Name string
	Active   bool
	Missing  bool
}

// StockRun is an import that read stock.
type StockRun struct {
	ID   string
	AsOf time.Time
	Kept bool // its snapshot is still there
}
