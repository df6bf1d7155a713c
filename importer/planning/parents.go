package planning

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// withoutParent returns why a record cannot be imported if one of its parents is not
// imported.
func (f *fates) withoutParent(t *importer.Table, record importer.Record, row *importer.Row) (obstacle, error) {
	if t.LacksOwner(record) {
		return obstacle{fmt.Sprintf("it does not say which of the %s it belongs to", t.OwnerWords()), importer.CorrectInShop()}, nil
	}
	for parent := range t.ParentsOf(record) {
		var found obstacle
		var err error
		if t.Columns[parent.Column].Type == importer.Set {
			found = f.withoutSome(parent, record)
		} else {
			found, err = f.withoutOne(parent, record[parent.Column].Text(), row)
		}
		if found.why != "" || err != nil {
			return found, err
		}
	}
	return obstacle{}, nil
}

func (f *fates) withoutOne(parent importer.Parent, id string, row *importer.Row) (obstacle, error) {
	ref := importer.ParentRef{Part: parent.Table, ID: id}
	switch {
	case id == "":
		return obstacle{fmt.Sprintf("it belongs to none of the %s that were read", parent.Table.Name), f.seeFirst()}, nil
	case len(f.rejected) > 0 && f.rejected[ref]:
		return f.whyRejected(ref), nil
	case row != nil && row.Record[parent.Column].Text() == id && parent.IsOf(row.Record), f.covered[parent.Table],
		f.parents[parent.Table] == id:
		return obstacle{}, nil
	}
	if _, has, err := f.catalog.FindRow(f.ctx, parent.Table, id); err != nil || !has {
		return obstacle{fmt.Sprintf("%s was not imported yet; import %s as well", id, parent.Table.Name),
			importer.KindImport.Command(f.book.plan.Store).Next()}, err
	}
	f.parents[parent.Table] = id
	return obstacle{}, nil
}

// withoutSome looks for a lost record in a set of parents.
func (f *fates) withoutSome(parent importer.Parent, record importer.Record) obstacle {
	if len(f.lost) == 0 {
		return obstacle{}
	}
	for id := range record[parent.Column].EachElement {
		if ref := (importer.ParentRef{Part: parent.Table, ID: id}); f.lost[ref] {
			return f.whyRejected(ref)
		}
	}
	return obstacle{}
}

// whyRejected returns why a parent cannot be imported.
func (f *fates) whyRejected(ref importer.ParentRef) obstacle {
	if known, told := f.unfit[ref]; told {
		return known
	}
	return obstacle{fmt.Sprintf("%s of %s was rejected", ref.ID, ref.Part.Name), f.seeFirst()}
}

func (f *fates) seeFirst() connector.Next {
	return connector.Typed("runs warnings", f.book.plan.ID).After("see what was rejected first: ")
}

// nameParent notes the name of a rejected record, for remarks on its parts.
func (f *fates) nameParent(t *importer.Table, key string, record importer.Record) {
	if name := t.NameOf(record); name != "" && len(importer.PartsOf(t)) > 0 {
		f.unfit[importer.ParentRef{Part: t, ID: key}] = obstacle{fmt.Sprintf("%q (%s of %s) was rejected", name, key, t.Name), f.seeFirst()}
	}
}
