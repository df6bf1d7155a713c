package planning

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// saveOnce is what may complete a record.
func (p *planning) saveOnce() connector.Next {
	return connector.Advice("save the record in the shop once more and import again; if it stays so, report it to " + p.platform.Title)
}

// untold accounts for what no record of the table tells: those that lack an id, and
// records of which no part came at all.
func (p *planning) untold(t *importer.Table) error {
	info := p.snapshot.Info()
	for _, one := range info.Incomplete {
		if one.Table != t.Name || one.Found > 0 {
			continue
		}
		if err := p.refuse(importer.RejectIncomplete, t, one.ID, one.Why(), p.saveOnce()); err != nil {
			return err
		}
	}
	counts := p.plan.Counts.Of(t)
	for _, one := range info.Nameless {
		if one.Table != t.Name {
			continue
		}
		counts.Read++
		counts.Rejected++
		if err := p.refuse(importer.RejectValueInvalid, t, one.Parent, "one of the "+t.Name+" has no id: "+one.Why+", in "+one.Place, importer.CorrectInShop()); err != nil {
			return err
		}
	}
	return nil
}

// refuse remarks that something is kept out, and why.
func (p *planning) refuse(code string, t *importer.Table, key, message string, next connector.Next) error {
	return p.remark(importer.Remark{Code: code, Severity: importer.Rejected, Resource: t.Name, ExternalID: importer.ShowKey(key), Message: message, Next: next})
}
