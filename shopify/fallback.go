package shopify

import (
	"errors"
	"sync"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
)

// pagesMayHelp reports whether an error is about bulk operations or their results, so that
// reading by pages may still work.
func pagesMayHelp(err error) bool {
	return errors.Is(err, bulk.ErrNone) || errors.Is(err, bulk.ErrBad) || errors.Is(err, bulk.ErrBroken) || errors.Is(err, client.ErrNoFile)
}

// orByPages adds to the advice of an error of bulk operations that pages are another way,
// for an operator who asked for --reader bulk. It does not where the error is lasting: a
// query that the shop does not understand it would not understand by pages either.
func orByPages(err error) error {
	var fault *connector.Fault
	if !errors.As(err, &fault) || !pagesMayHelp(err) || fault.Lasting {
		return err
	}
	told := *fault
	told.Next = told.Next.Then("; or leave out --reader bulk: pages bring the same")
	return &told
}

// fallbacks remarks that lists are read by pages after bulk operations failed. It is safe for
// concurrent use.
type fallbacks struct {
	intake importer.Intake

	mu   sync.Mutex
	told map[string]bool // messages
}

// remarkOnce remarks why a table is read by pages. Further tables that fail for the same
// reason are not remarked.
func (f *fallbacks) remarkOnce(table string, err error) {
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.told[fault.Message] {
		return
	}
	f.told[fault.Message] = true
	f.intake.AddRemark(importer.Remark{
		Code: importer.WarnReaderFallback, Severity: importer.Warning, Resource: table,
		Message: fault.Message + "; " + table + " came by pages instead", Next: fault.Next,
	})
}
