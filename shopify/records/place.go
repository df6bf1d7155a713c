package records

import (
	"fmt"

	"github.com/eshopos/eshopctl/shopify/queries"
)

// Place is where a record was read: in a line of a bulk result, or on a page.
type Place struct {
	document queries.Document
	line     int
}

// InLine returns the place of a line of a bulk result, counted from 1.
func InLine(d queries.Document, number int) Place { return Place{d, number} }

// OnPage returns the place of a page.
func OnPage(d queries.Document) Place { return Place{document: d} }

// Line returns the number of the line, 0 for a page.
func (p Place) Line() int { return p.line }

// String words the place for people.
func (p Place) String() string {
	if p.line > 0 {
		return fmt.Sprintf("line %d of the bulk result %s", p.line, p.document.Name())
	}
	return "a page of " + p.document.OperationName()
}
