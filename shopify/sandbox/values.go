package sandbox

import (
	"fmt"
	"strings"
)

// objects makes a list of objects of a list of one concrete type.
func objects[T object](rows []T) []object {
	list := make([]object, len(rows))
	for i, row := range rows {
		list[i] = row
	}
	return list
}

// optional is the object that a pointer points to, or a null.
func optional[T any, P interface {
	*T
	object
}](pointer P) any {
	if pointer == nil {
		return nil
	}
	return pointer
}

// scalar is the value that a pointer points to, or a null.
func scalar[T any](pointer *T) any {
	if pointer == nil {
		return nil
	}
	return *pointer
}

// firstOf cuts a plain list by an optional argument first.
func firstOf(list []object, args arguments) []object {
	if first, given := args.number("first"); given && first < len(list) {
		return list[:max(0, first)]
	}
	return list
}

func paddedPlace(n int) string { return fmt.Sprintf("%08d", n) }

func unsortable(args arguments) error {
	return newFault("INTERNAL_SERVER_ERROR", "the sandbox cannot sort by %s", args.text("sortKey"))
}

// count is a Count object.
type count struct {
	number    int
	precision string
}

func exactly(n int) count { return count{n, "EXACT"} }

// countUpTo counts as the root counts do: no further than their limit, which is 10,000 unless it is null.
func countUpTo(n int, args arguments) count {
	if limit, given := args.number("limit"); given && n > limit {
		return count{limit, "AT_LEAST"}
	}
	return exactly(n)
}

func (c count) kind() string { return "Count" }

func (c count) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "count":
		return c.number, nil
	case "precision":
		return c.precision, nil
	}
	return nil, unanswerable("Count", name)
}

type seo struct{ title, description *string }

func (s seo) kind() string { return "SEO" }

func (s seo) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "title":
		return s.title, nil
	case "description":
		return s.description, nil
	}
	return nil, unanswerable("SEO", name)
}

type money struct{ amount, currency string }

func (m money) kind() string { return "MoneyV2" }

func (m money) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "amount":
		return m.amount, nil
	case "currencyCode":
		return m.currency, nil
	}
	return nil, unanswerable("MoneyV2", name)
}

type weight struct {
	value float64
	unit  string
}

func (w weight) kind() string { return "Weight" }

func (w weight) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "value":
		return w.value, nil
	case "unit":
		return w.unit, nil
	}
	return nil, unanswerable("Weight", name)
}

func (c *category) kind() string { return "TaxonomyCategory" }

func (c *category) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return gidPrefix + "TaxonomyCategory/" + c.id, nil
	case "fullName":
		return c.fullName, nil
	case "name":
		return c.names()[len(c.names())-1], nil
	case "level":
		return len(c.names()), nil
	case "isRoot":
		return len(c.names()) == 1, nil
	case "isLeaf":
		return true, nil
	case "isArchived":
		return false, nil
	}
	return nil, unanswerable("TaxonomyCategory", name)
}

func (c *category) names() []string { return strings.Split(c.fullName, " > ") }
