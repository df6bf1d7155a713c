package admin

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// searchTerm is one condition of a query argument, such as updated_at:>='2026-11-23T09:00:00Z'.
type searchTerm struct {
	field    string
	operator string
	value    string
	quoted   bool
}

// searchField makes a filter of a term; ok is false for a value it cannot read.
type searchField[T any] func(term searchTerm) (keep func(T) bool, ok bool)

// searchRows returns the rows that match the query argument. Like Shopify's search it ignores what it does not
// understand and only warns. The sandbox understands terms joined by AND or blanks, and the fields by which an
// importer filters.
func searchRows[T any](x query, rows []T, args graph.Arguments, fields map[string]searchField[T]) []T {
	query := args.Text("query")
	if query == "" {
		return rows
	}
	report := graph.SearchReport{Query: query}
	var understood []string
	for _, term := range parseSearch(query) {
		keep, warning := filterFor(term, fields)
		if warning != nil {
			report.Warnings = append(report.Warnings, *warning)
			continue
		}
		understood = append(understood, term.String())
		rows = slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !keep(row) })
	}
	if len(report.Warnings) > 0 {
		report.Parsed = strings.Join(understood, " AND ")
		x.ReportSearch(report)
	}
	return rows
}

func filterFor[T any](term searchTerm, fields map[string]searchField[T]) (func(T) bool, *graph.SearchWarning) {
	if term.field == "" {
		return nil, &graph.SearchWarning{Field: "", Message: "Search term " + term.value + " has no named field.", Code: "missing_named_field"}
	}
	field, known := fields[term.field]
	if !known {
		return nil, &graph.SearchWarning{Field: term.field, Message: "Invalid search field for this query.", Code: "invalid_field"}
	}
	keep, readable := field(term)
	if !readable {
		return nil, &graph.SearchWarning{Field: term.field, Message: "Input `" + term.value + "` is not an accepted value.", Code: "invalid_value"}
	}
	return keep, nil
}

// byTime filters by a time. A time of day must be quoted; unquoted, Shopify takes it apart at its colons.
func byTime[T any](get func(T) catalogue.Moment) searchField[T] {
	return func(term searchTerm) (func(T) bool, bool) {
		at, err := time.Parse(time.RFC3339, term.value)
		if err != nil {
			at, err = time.Parse(time.DateOnly, term.value)
		} else if !term.quoted {
			return nil, false
		}
		wanted := catalogue.MomentOf(at)
		return func(row T) bool { return term.holdsFor(cmp.Compare(get(row), wanted)) }, err == nil
	}
}

func byID[T any](get func(T) int64) searchField[T] {
	return func(term searchTerm) (func(T) bool, bool) {
		wanted, err := strconv.ParseInt(term.value, 10, 64)
		return func(row T) bool { return term.holdsFor(cmp.Compare(get(row), wanted)) }, err == nil
	}
}

// byWord filters by one of some words, compared without regard to case and separated by commas. A quoted text
// is one word.
func byWord[T any](get func(T) string) searchField[T] {
	return func(term searchTerm) (func(T) bool, bool) {
		words := []string{strings.ToLower(term.value)}
		if !term.quoted {
			words = strings.Split(words[0], ",")
		}
		return func(row T) bool { return slices.Contains(words, strings.ToLower(get(row))) }, term.operator == ""
	}
}

// parseSearch takes a query apart. The pattern is made anew each time: queries with filters are rare.
func parseSearch(query string) []searchTerm {
	pattern := regexp.MustCompile(`(?:([A-Za-z_]+):)?(>=|<=|>|<)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+))`)
	escaped := regexp.MustCompile(`\\(.)`)
	var terms []searchTerm
	for _, m := range pattern.FindAllStringSubmatch(query, -1) {
		if m[0] == "AND" {
			continue
		}
		terms = append(terms, searchTerm{field: m[1], operator: m[2], value: escaped.ReplaceAllString(m[3]+m[4]+m[5], "$1"), quoted: m[5] == ""})
	}
	return terms
}

func (t searchTerm) String() string {
	return t.field + ":" + t.operator + t.value
}

// holdsFor applies the term's operator to the result of a comparison.
func (t searchTerm) holdsFor(comparison int) bool {
	switch t.operator {
	case ">=":
		return comparison >= 0
	case "<=":
		return comparison <= 0
	case ">":
		return comparison > 0
	case "<":
		return comparison < 0
	}
	return comparison == 0
}
