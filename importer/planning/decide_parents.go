package planning

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// unfit says why something of a record cannot be imported, and what may help. The
// zero unfit says that it can.
type unfit struct {
	why  string
	next connector.Next
}

// withoutParent says which parent of a record is not imported, if one is not.
func (p *planning) withoutParent(t *importer.Table, record importer.Record, row *importer.Row) (unfit, error) {
	if t.Astray(record) {
		return unfit{fmt.Sprintf("it does not say which of the %s it belongs to", t.OwnerWords()), importer.CorrectInShop()}, nil
	}
	for parent := range t.ParentsOf(record) {
		var found unfit
		var err error
		if t.Columns[parent.Column].Type == importer.Set {
			found = p.withoutSome(parent, record)
		} else {
			found, err = p.withoutOne(parent, record[parent.Column].Text(), row)
		}
		if found.why != "" || err != nil {
			return found, err
		}
	}
	return unfit{}, nil
}

func (p *planning) withoutOne(parent importer.Parent, id string, row *importer.Row) (unfit, error) {
	ref := importer.ParentRef{Part: parent.Table, ID: id}
	switch {
	case id == "":
		return unfit{fmt.Sprintf("it belongs to none of the %s that were read", parent.Table.Name), p.seeFirst()}, nil
	case len(p.rejected) > 0 && p.rejected[ref]:
		return p.whyRejected(ref), nil
	case row != nil && row.Record[parent.Column].Text() == id && parent.IsOf(row.Record), p.covered[parent.Table], p.parents[parent.Table] == id:
		return unfit{}, nil
	}
	if _, has, err := p.Catalog.Find(p.ctx, parent.Table, id); err != nil || !has {
		return unfit{fmt.Sprintf("%s was not imported yet; import %s as well", id, parent.Table.Name), importer.KindImport.Command(p.plan.Store).Next()}, err
	}
	p.parents[parent.Table] = id
	return unfit{}, nil
}

// withoutSome looks for one of a set of records that is not there.
func (p *planning) withoutSome(parent importer.Parent, record importer.Record) unfit {
	if len(p.lost) == 0 {
		return unfit{}
	}
	for id := range record[parent.Column].Elements {
		if ref := (importer.ParentRef{Part: parent.Table, ID: id}); p.lost[ref] {
			return p.whyRejected(ref)
		}
	}
	return unfit{}
}

// whyRejected says that a parent cannot be imported.
func (p *planning) whyRejected(ref importer.ParentRef) unfit {
	if known, told := p.unfit[ref]; told {
		return known
	}
	return unfit{fmt.Sprintf("%s of %s was rejected", ref.ID, ref.Part.Name), p.seeFirst()}
}

func (p *planning) seeFirst() connector.Next {
	return connector.Typed("runs warnings", p.plan.ID).After("see what was rejected first: ")
}

// nameParent notes what a rejected record is called, for those that belong to it.
func (p *planning) nameParent(t *importer.Table, key string, record importer.Record) {
	if name := t.NameOf(record); name != "" && len(importer.PartsOf(t)) > 0 {
		p.unfit[importer.ParentRef{Part: t, ID: key}] = unfit{fmt.Sprintf("%q (%s of %s) was rejected", name, key, t.Name), p.seeFirst()}
	}
}
