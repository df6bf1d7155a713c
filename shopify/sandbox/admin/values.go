package admin

import (
	"fmt"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// valueOrNull is the value that a pointer points to, or a null.
func valueOrNull[T any](pointer *T) any {
	if pointer == nil {
		return nil
	}
	return *pointer
}

// firstOf cuts a plain list by an optional argument first.
func firstOf(list []graph.Object, args graph.Arguments) []graph.Object {
	if first, given := args.Number("first"); given && first < len(list) {
		return list[:max(0, first)]
	}
	return list
}

func paddedPlace(n int) string { return fmt.Sprintf("%08d", n) }

func sortFault(args graph.Arguments) error {
	return graph.NewFault("INTERNAL_SERVER_ERROR", "the sandbox cannot sort by %s", args.Text("sortKey"))
}

// count is a Count object.
type count struct {
	number    int
	precision string
}

func exactCount(n int) count { return count{n, "EXACT"} }

// countUpTo counts as the root counts do: no further than their limit, which is 10,000 unless it is null.
func countUpTo(n int, args graph.Arguments) count {
	if limit, given := args.Number("limit"); given && n > limit {
		return count{limit, "AT_LEAST"}
	}
	return exactCount(n)
}

func (c count) TypeName() string { return "Count" }

func (c count) FieldValue(name string) (any, error) {
	switch name {
	case "count":
		return c.number, nil
	case "precision":
		return c.precision, nil
	}
	return nil, graph.NotAnswered("Count", name)
}

type seo struct{ title, description *string }

func (s seo) TypeName() string { return "SEO" }

func (s seo) FieldValue(name string) (any, error) {
	switch name {
	case "title":
		return s.title, nil
	case "description":
		return s.description, nil
	}
	return nil, graph.NotAnswered("SEO", name)
}

type money struct{ amount, currency string }

func (m money) TypeName() string { return "MoneyV2" }

func (m money) FieldValue(name string) (any, error) {
	switch name {
	case "amount":
		return m.amount, nil
	case "currencyCode":
		return m.currency, nil
	}
	return nil, graph.NotAnswered("MoneyV2", name)
}

type weight struct {
	value float64
	unit  string
}

func (w weight) TypeName() string { return "Weight" }

func (w weight) FieldValue(name string) (any, error) {
	switch name {
	case "value":
		return w.value, nil
	case "unit":
		return w.unit, nil
	}
	return nil, graph.NotAnswered("Weight", name)
}

func categoryField(c *catalogue.Category, name string) (any, error) {
	switch name {
	case "id":
		return gid.Prefix + "TaxonomyCategory/" + c.ID, nil
	case "fullName":
		return c.FullName, nil
	case "name":
		return c.PathNames()[len(c.PathNames())-1], nil
	case "level":
		return len(c.PathNames()), nil
	case "isRoot":
		return len(c.PathNames()) == 1, nil
	case "isLeaf":
		return true, nil
	case "isArchived":
		return false, nil
	}
	return nil, graph.NotAnswered("TaxonomyCategory", name)
}
