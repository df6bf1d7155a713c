package importer

// Mover says who changed a record on which shop and store differ.
type Mover string

// The movers.
const (
	ByShop     Mover = "shop"     // the shop changed since the last run
	ByStore    Mover = "store"    // a row was edited here since
	ByBoth     Mover = "both"     // both did
	ByRejected Mover = "rejected" // the last run kept it out, or left it as it was
	ByNeither  Mover = "neither"  // no edit and no change is known: a bug

	ByNobody Mover = "" // only columns are filled that were not imported before; this does not count as a difference
)

// Reconciliation is what a run of kind reconcile found beside its Counts. In these,
// unchanged means equal, updated means different, created means only in the shop, and
// missing and removed mean only in the store.
type Reconciliation struct {
	Totals map[string]Sides `json:"totals"` // records by resource
	Units  []WarehouseUnits `json:"units"`
	Moved  map[Mover]int    `json:"moved"`
}

// Sides counts the records of one resource in the shop and in the store, and how many of
// the store's are marked missing.
type Sides struct {
	Shop    int `json:"shop"`
	Store   int `json:"store"`
	Missing int `json:"missing"`
}

// WarehouseUnits are the available units of tracked items at one location.
type WarehouseUnits struct {
	ExternalID string `json:"external_id"`
	Name       string `json:"name"`
	Shop       int64  `json:"shop"`
	Store      int64  `json:"store"`
	// How many levels have no number on each side.
	ShopUnknown  int `json:"shop_unknown,omitempty"`
	StoreUnknown int `json:"store_unknown,omitempty"`
}
