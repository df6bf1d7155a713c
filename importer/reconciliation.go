package importer

// Mover says who moved when shop and store differ.
type Mover string

// Who moved.
const (
	ByShop     Mover = "shop"     // the shop changed since the last run
	ByStore    Mover = "store"    // a row was edited here since
	ByBoth     Mover = "both"     // both did
	ByRejected Mover = "rejected" // the last run kept it out, or left it as it was
	ByNeither  Mover = "neither"  // a reconciliation bug

	ByNobody Mover = "" // columns are only to be filled, which is not counted as a move
)

// Reconciliation is what a run of kind reconcile found beside its counts. There,
// unchanged is equal, updated is different, created is only in the shop, missing
// and removed are only in the store.
type Reconciliation struct {
	Totals map[string]Sides `json:"totals"` // records by resource
	Units  []WarehouseUnits `json:"units"`
	Moved  map[Mover]int    `json:"moved"`
}

// Sides are the records of one resource in the shop and in the store, and how
// many of the store's are kept as missing.
type Sides struct {
	Shop    int `json:"shop"`
	Store   int `json:"store"`
	Missing int `json:"missing"`
}

// WarehouseUnits are the units that are available of tracked items at one place.
type WarehouseUnits struct {
	ExternalID string `json:"external_id"`
	Name       string `json:"name"`
	Shop       int64  `json:"shop"`
	Store      int64  `json:"store"`
	// How many levels of each side have no number.
	ShopUnknown  int `json:"shop_unknown,omitempty"`
	StoreUnknown int `json:"store_unknown,omitempty"`
}
