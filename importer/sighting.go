package importer

import "strings"

// Sighting is one variant with its stock as the shop shows it now, looked at
// alone.
type Sighting struct {
	ID, Title, InventoryItemID string
	SKU                        *string
	ProductID, Product, Status string // Product is its title, Status its status
	Tracked                    bool
	Unfit                      string // what does not fit, "" for nothing
	Levels                     []SeenLevel
}

// SeenLevel is a stock level with the name of its location.
type SeenLevel struct {
	Level
	Location string
}

// SameSKU reports whether two texts are one SKU to a person: blanks around them
// and the case of their letters do not matter.
func SameSKU(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
