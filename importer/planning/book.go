package planning

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// book writes the plan: its changes, its remarks and their counts.
type book struct {
	to      importer.PlanWriter
	plan    importer.Plan
	creates *importer.Change // the last Create, which the next record may join
	apart   bool             // another record came after creates, so the next Create cannot join it
}

// addCreate adds the creation of a record. Records that follow each other in the snapshot
// share one Create.
func (b *book) addCreate(t *importer.Table, key string) error {
	b.plan.Counts.Of(t).Created++
	if b.creates != nil && !b.apart {
		b.creates.Records++
		return nil
	}
	err := b.endCreates()
	b.creates, b.apart = &importer.Change{Action: importer.Create, Table: t, Key: key, Records: 1}, false
	return err
}

func (b *book) endCreates() error {
	if b.creates == nil {
		return nil
	}
	change := *b.creates
	b.creates = nil
	return b.to.WriteChange(change)
}

// remark writes a remark and counts it.
func (b *book) remark(r importer.Remark) error {
	if r.Severity == importer.Rejected {
		b.plan.RejectedBy[r.Code]++
	} else {
		b.plan.WarningsBy[r.Code]++
		b.plan.Warnings++
	}
	return b.to.WriteRemark(r)
}

func (b *book) warn(code string, t *importer.Table, key, localID, message string, next connector.Next) error {
	return b.remark(importer.Remark{
		Code: code, Severity: importer.Warning, Resource: t.Name, ExternalID: importer.ShowKey(key), LocalID: localID,
		Message: message, Next: next,
	})
}

// countRow counts a row that the catalogue holds.
func (b *book) countRow(t *importer.Table, row importer.Record) {
	b.plan.Had[t.Name]++
	b.plan.InStock += t.InStock(row)
}

// correctCounts corrects Had and InStock, which count the imported snapshot, for a row that
// differs from it.
func (b *book) correctCounts(t *importer.Table, m walk.Versions, row *importer.Row) {
	if m.Counted != nil {
		b.plan.Had[t.Name]--
		b.plan.InStock -= t.InStock(m.Counted)
	}
	if row != nil {
		b.countRow(t, row.Record)
	}
}

// refuseRecord remarks that a record is rejected, and why.
func (b *book) refuseRecord(code string, t *importer.Table, key, message string, next connector.Next) error {
	return b.remark(importer.Remark{Code: code, Severity: importer.Rejected, Resource: t.Name, ExternalID: importer.ShowKey(key),
		Message: message, Next: next})
}

// addChange writes a change and counts it.
func (b *book) addChange(c importer.Change) error {
	if err := b.endCreates(); err != nil {
		return err
	}
	counts := b.plan.Counts.Of(c.Table)
	switch c.Action {
	case importer.Update:
		counts.Updated++
		if c.Filled {
			counts.Filled++
		}
	case importer.Remove:
		counts.Removed++
		if c.Rejected {
			b.plan.Withdrawn[c.Table.Name]++
		}
	case importer.Mend:
		counts.Mended++
	case importer.Miss:
		counts.Missing++
	case importer.Archive:
		counts.Missing++
		counts.Archived++
	case importer.Skip:
		counts.Skipped++
	}
	if c.Rejected {
		counts.Rejected++
	}
	if c.Drifted {
		counts.Drifted++
	}
	if c.Zeroed {
		b.plan.Zeroed++
	}
	if !c.LeavesRow() && !c.Both {
		c.Imported = nil // nobody will ask for it
	}
	return b.to.WriteChange(c)
}
