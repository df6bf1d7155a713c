package planning

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// book is the plan as far as it is written: its changes and remarks, and their counts.
type book struct {
	to      importer.PlanWriter
	plan    importer.Plan
	creates *importer.Change // the Create that the next one may join
	apart   bool             // what lies between them is no Create
}

// addCreate joins neighbours in the snapshot into one change.
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

// remark keeps a remark and counts it.
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

// correctCounts mends what was counted of the catalogue by what was imported, where a
// row is not that.
func (b *book) correctCounts(t *importer.Table, m walk.Versions, row *importer.Row) {
	if m.Counted != nil {
		b.plan.Had[t.Name]--
		b.plan.InStock -= t.InStock(m.Counted)
	}
	if row != nil {
		b.countRow(t, row.Record)
	}
}

// refuseRecord remarks that something is kept out, and why.
func (b *book) refuseRecord(code string, t *importer.Table, key, message string, next connector.Next) error {
	return b.remark(importer.Remark{Code: code, Severity: importer.Rejected, Resource: t.Name, ExternalID: importer.ShowKey(key),
		Message: message, Next: next})
}

// addChange keeps one step of the plan and counts it.
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
