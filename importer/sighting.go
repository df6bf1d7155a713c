package importer

import "strings"

// Sighting is one variant with its stock as the shop shows it now, read outside of a run.
type Sighting struct {
	ID, Title, InventoryItemID string
	SKU                        *string
	ProductID, Product, Status string // Product is its title, Status its status
	Tracked                    bool
	Unfit                      string // why it cannot be imported, "" if it can
	Levels                     []SeenLevel
}

// SeenLevel is a stock level with the name of its location.
type SeenLevel struct {
	Level
	Location string
}

// SameSKU reports whether two texts are the same SKU to a person: case and surrounding
// spaces do not matter.
func SameSKU(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
