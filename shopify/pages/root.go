package pages

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// rootList is a connection that holds every record of a kind, so that what is read can be
// compared with the shop's count of that kind.
type rootList[D, T any] struct {
	connection[D, T]
	tables []*importer.Table // filled by the list; the first is the one of its records
	ids    string            // the prefix of their ids
	id     func(*T) string
	give   func(context.Context, []*T) error // gives a page of them to the intake
	begin  func()                            // called before each reading; may be nil

	count queries.Document // asks for the shop's count
	fewer Fewer            // nil when there cannot be fewer records than the shop counts
	// long allows reading in spans: the document takes a filter, and give may be called
	// by several goroutines at a time.
	long bool
}

// Fewer waits until it is known how many fewer records there may be than the shop counts,
// and returns that number.
type Fewer func(context.Context) (int, error)

// compareCount compares the number of records that were read with the shop's count. To
// have read more is no loss.
func (o rootList[D, T]) compareCount(domain string, read int, counted *records.Count) error {
	if read >= counted.Number() {
		return nil
	}
	return client.MovedFault("%s counts %d %s, but its pages of %s hold %d",
		domain, counted.Number(), o.count.CountedThings(), o.tables[0].Name, read)
}
