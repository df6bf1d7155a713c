package shopify

import (
	"errors"
	"sync"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
)

// pagesMayHelp reports whether an error is about bulk operations or their results,
// so that reading by pages may still work.
func pagesMayHelp(err error) bool {
	return errors.Is(err, bulk.ErrNone) || errors.Is(err, bulk.ErrBad) || errors.Is(err, bulk.ErrBroken) || errors.Is(err, client.ErrNoFile)
}

// orByPages adds to the cure of what only bulk operations suffer from that there
// is another way, for an operator who asked for no other. A query that is not
// understood would not be by pages either.
func orByPages(err error) error {
	var fault *connector.Fault
	if !errors.As(err, &fault) || !pagesMayHelp(err) || fault.Lasting {
		return err
	}
	told := *fault
	told.Next = told.Next.Then("; or leave out --reader bulk: pages bring the same")
	return &told
}

// fallbacks are the lists that are read by pages since bulk operations led nowhere.
type fallbacks struct {
	intake importer.Intake

	mu   sync.Mutex
	told map[string]bool // reasons
}

// remarkOnce tells why pages of a table are read instead, once for each reason.
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
	f.intake.Remark(importer.Remark{
		Code: importer.WarnReaderFallback, Severity: importer.Warning, Resource: table,
		Message: fault.Message + "; " + table + " came by pages instead", Next: fault.Next,
	})
}
