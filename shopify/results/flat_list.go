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

// flatList is a list that is read as a bulk operation, its connections lifted out.
type flatList struct {
	document queries.Document
	count    queries.Document // of what there is no more of than of its roots
	fewer    pages.Fewer      // nil when there cannot be fewer roots
	shown    *importer.Table  // in progress, by the records that name it; nil for none
	ids      string           // what the ids of its roots begin with
	order    *mediaOrder      // learns in which order its lines stand; nil where that is of no account
}

// bringResult brings the result of the list. The shop may have changed while it was gathered, but
// not to have more both before and after.
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

// compareCount holds what an operation found against what the shop counts.
func (l flatList) compareCount(ctx context.Context, r *Reader, found, before int) error {
	after, err := r.Pages.Counts.Now(ctx, l.count)
	if err != nil {
		return err
	}
	least := min(before, after.Number())
	if found < least && l.fewer != nil {
		r.Before.noteDifference() // what it waits for has to be given
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

// explainDenial looks for the reason of a refusal that names none: the same question as a
// page tells which scope is missing.
func (l flatList) explainDenial(ctx context.Context, r *Reader, err error) error {
	paged, variables := l.document.AsPage()
	if why := r.Client.Ask(ctx, paged, variables, &struct{}{}); why != nil {
		return why
	}
	return err
}

// tellProgress tells how many records were read. The shop may find more than it counted
// before.
func (l flatList) tellProgress(r *Reader, phase importer.Phase, read, total int) {
	if total > 0 {
		read = min(read, total)
	}
	if l.shown != nil {
		r.Intake.ReportProgress(l.shown, phase, read, total)
	}
}
