package results

import (
	"context"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/queries"
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

// read brings the result of the list. The shop may have changed while it was gathered, but
// not to have more both before and after.
func (l flatList) read(ctx context.Context, r *Reader) (*bulk.Result, error) {
	before, err := r.Pages.Counts.Before(ctx, l.count)
	if err != nil {
		return nil, err
	}
	result, err := r.Desk.Bring(ctx, bulk.List{
		Query: l.document.Text(), Name: l.document.Name(), Marks: l.newMarks,
		Known:      func(digest string) bool { return r.Before.knows(l.document, digest) },
		Check:      func(ctx context.Context, o *bulk.Operation) error { return l.compare(ctx, r, o.Roots, before.Number()) },
		Gathered:   func(roots int) { l.progress(r, importer.PhaseGathering, roots, before.Number()) },
		Downloaded: func(roots, all int) { l.progress(r, importer.PhaseDownloading, roots, all) },
	})
	if client.Denied(err) {
		err = l.explained(ctx, r, err)
	}
	return result, client.InWords(r.Client.Domain(), err)
}

// newMarks begins to look at the lines of a result.
func (l flatList) newMarks() func(text []byte) (bulk.Mark, error) {
	if l.order != nil {
		*l.order = mediaOrder{}
	}
	m := &marker{ids: l.ids, ofStock: l.document == queries.BulkInventory, order: l.order, heads: newHeads()}
	return m.mark
}

// compare holds what an operation found against what the shop counts.
func (l flatList) compare(ctx context.Context, r *Reader, found, before int) error {
	after, err := r.Pages.Counts.Now(ctx, l.count)
	if err != nil {
		return err
	}
	least := min(before, after.Number())
	if found < least && l.fewer != nil {
		r.Before.differs() // what it waits for has to be given
		shared, err := l.fewer(ctx)
		if err != nil {
			return err
		}
		least -= shared
	}
	if found < least {
		return &bulk.BadFile{Of: l.document.Name(), Why: fmt.Sprintf("has %d records, but the shop counts %d %s", found, least, l.count.Counted())}
	}
	return nil
}

// explained looks for the reason of a refusal that names none: the same question as a
// page tells which scope is missing.
func (l flatList) explained(ctx context.Context, r *Reader, err error) error {
	paged, variables := l.document.Paged()
	if why := r.Client.Ask(ctx, paged, variables, &struct{}{}); why != nil {
		return why
	}
	return err
}

// progress tells how many records were read. The shop may find more than it counted
// before.
func (l flatList) progress(r *Reader, phase importer.Phase, read, total int) {
	if total > 0 {
		read = min(read, total)
	}
	if l.shown != nil {
		r.Intake.Progress(l.shown, phase, read, total)
	}
}
