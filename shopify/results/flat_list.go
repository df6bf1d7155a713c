package results

import (
	"context"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// flatList is a list that is read as a bulk operation.
type flatList struct {
	document queries.Document
	count    queries.Document // asks how many roots there should be
	fewer    pages.Fewer      // nil when there cannot be fewer roots than that
	shown    *importer.Table  // whose progress is told; nil for none
	ids      string           // the prefix of the ids of its roots
	order    *mediaOrder      // learns in which order the lines stand; nil where nobody asks
}

// bringResult brings the result of the list. The shop counts its records before and after: a
// result with fewer than both counts is not whole, whatever changed meanwhile.
func (l flatList) bringResult(ctx context.Context, r *Reader) (*bulk.Result, error) {
	before, err := r.Pages.Counts.Before(ctx, l.count)
	if err != nil {
		return nil, err
	}
	result, err := r.Desk.BringResult(ctx, bulk.List{
		Query: l.document.Text(), Name: l.document.Name(), Keys: l.newKeys,
		Known: func(digest string) bool { return r.Before.knowsResult(l.document, digest) },
		Check: func(ctx context.Context, o *bulk.Operation) error {
			return l.compareCount(ctx, r, o.Roots, before.Number())
		},
		Gathered:   func(roots int) { l.tellProgress(r, importer.PhaseGathering, roots, before.Number()) },
		Downloaded: func(roots, all int) { l.tellProgress(r, importer.PhaseDownloading, roots, all) },
	})
	if client.IsDenied(err) {
		err = l.explainDenial(ctx, r, err)
	}
	return result, client.InWords(r.Client.Domain(), err)
}

// newKeys returns a function that reads the keys of the lines of a result, from the first on.
func (l flatList) newKeys() func(line []byte) (repeats.Key, error) {
	if l.order != nil {
		*l.order = mediaOrder{}
	}
	keys := &keyReader{ids: l.ids, ofStock: l.document == queries.BulkInventory, order: l.order}
	return keys.readKey
}

// compareCount compares the roots that an operation found with the shop's count, now and before.
func (l flatList) compareCount(ctx context.Context, r *Reader, found, before int) error {
	after, err := r.Pages.Counts.Now(ctx, l.count)
	if err != nil {
		return err
	}
	least := min(before, after.Number())
	if found < least && l.fewer != nil {
		r.Before.noteDifference() // fewer waits for variants, which must not be held back
		shared, err := l.fewer(ctx)
		if err != nil {
			return err
		}
		least -= shared
	}
	if found < least {
		why := fmt.Sprintf("has %d records, but the shop counts %d %s", found, least, l.count.CountedThings())
		return &bulk.BadFile{Of: l.document.Name(), Why: why}
	}
	return nil
}

// explainDenial looks for the reason of a refusal that names none: the answer to the same
// question as a page says which scope is missing.
func (l flatList) explainDenial(ctx context.Context, r *Reader, err error) error {
	paged, variables := l.document.AsPage()
	if why := r.Client.Ask(ctx, paged, variables, &struct{}{}); why != nil {
		return why
	}
	return err
}

// tellProgress tells how many records were read. They may be more than the shop counted before.
func (l flatList) tellProgress(r *Reader, phase importer.Phase, read, total int) {
	if total > 0 {
		read = min(read, total)
	}
	if l.shown != nil {
		r.Intake.ReportProgress(l.shown, phase, read, total)
	}
}
