package shopify

import (
	"errors"

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

// remarkFallback tells why pages are read instead, once for each reason.
func (r *reading) remarkFallback(l listing, err error) {
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fellBack[fault.Message] {
		return
	}
	if r.fellBack == nil {
		r.fellBack = map[string]bool{}
	}
	r.fellBack[fault.Message] = true
	r.intake.Remark(importer.Remark{
		Code: importer.WarnReaderFallback, Severity: importer.Warning, Resource: l.tables[0].Name,
		Message: fault.Message + "; " + l.tables[0].Name + " came by pages instead", Next: fault.Next,
	})
}
