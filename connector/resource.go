package connector

import (
	"fmt"
	"slices"
	"strings"
)

// Resource is a kind of shop data that an import may read. The capability set
// of a connector is a list of them.
type Resource string

// The resources, in the order in which they are imported.
const (
	Products   Resource = "products"   // with variants, options and media
	Categories Resource = "categories" // with their memberships
	Warehouses Resource = "warehouses"
	Stock      Resource = "stock"
)

// Resources lists every resource in import order.
func Resources() []Resource {
	return []Resource{Products, Categories, Warehouses, Stock}
}

// EveryResource is what is typed for all resources where a list of some is remembered.
const EveryResource = "all"

// JoinResources writes the names of resources with a separator between them.
func JoinResources(resources []Resource, between string) string {
	names := make([]string, len(resources))
	for i, r := range resources {
		names[i] = string(r)
	}
	return strings.Join(names, between)
}

// ParseResources reads a comma-separated list such as "products,stock" and
// returns it in import order, each resource once. An empty list means all.
func ParseResources(list string) ([]Resource, error) {
	if strings.TrimSpace(list) == "" {
		return Resources(), nil
	}
	var chosen []Resource
	for name := range strings.SplitSeq(list, ",") {
		r := Resource(strings.TrimSpace(name))
		if !slices.Contains(Resources(), r) {
			return nil, fmt.Errorf("unknown resource %q: the resources are products, categories, warehouses, stock", string(r))
		}
		chosen = append(chosen, r)
	}
	return inImportOrder(chosen), nil
}

func inImportOrder(chosen []Resource) []Resource {
	ordered := []Resource{}
	for _, r := range Resources() {
		if slices.Contains(chosen, r) {
			ordered = append(ordered, r)
		}
	}
	return ordered
}
