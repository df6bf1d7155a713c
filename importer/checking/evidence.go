package checking

import (
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// VariantEvidence is all that is known about a variant and its stock.
type VariantEvidence struct {
	Store, Asked string
	Seen         *importer.Sighting // nil when the shop does not have it
	Row          importer.Record    // nil when the store does not have it
	Levels       []LevelEvidence
	NotRead      []importer.NotRead // fields of its tables that the last import left out
}

// LevelEvidence is all that is known about one stock level.
type LevelEvidence struct {
	LocationID string
	Seen       *importer.SeenLevel // in the shop now; nil when it is not stocked there
	Warehouse  *WarehouseEvidence
	Run        *StockRun        // the last import of stock; nil when there was none
	Read       importer.Record  // what that run found; nil when it found none
	Remark     *importer.Remark // what that run remarked on the level or its location, when it did not write
	Row        importer.Record  // nil when there is none
	UpdatedBy  string           // the run that wrote the row last
}

// WarehouseEvidence is the warehouse that stands for a location.
type WarehouseEvidence struct {
	ID, Name string
	Active   bool
	Missing  bool
}

// StockRun is an import that covered stock.
type StockRun struct {
	ID   string
	AsOf time.Time
	Kept bool // whether what it read can still be looked up
}
