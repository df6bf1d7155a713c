package records

import (
	"fmt"

	"github.com/eshopos/eshopctl/shopify/queries"
)

// Place is where the shop gave a record: a line of a result, or a page.
type Place struct {
	document queries.Document
	line     int
}

// InLine is a line of a result.
func InLine(d queries.Document, number int) Place { return Place{d, number} }

// OnPage is a page.
func OnPage(d queries.Document) Place { return Place{document: d} }

// Line returns the number of the line, 0 for a page.
func (p Place) Line() int { return p.line }

func (p Place) String() string {
	if p.line > 0 {
		return fmt.Sprintf("line %d of the bulk result %s", p.line, p.document.Name())
	}
	return "a page of " + p.document.OperationName()
}
