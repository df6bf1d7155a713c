package planning

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// withoutParent returns why a record cannot be imported if one of its parents is not
// imported.
func (l *lostRecords) withoutParent(t *importer.Table, record importer.Record, row *importer.Row) (obstacle, error) {
	if t.LacksOwner(record) {
		return obstacle{fmt.Sprintf("it does not say which of the %s it belongs to", t.OwnerWords()), importer.CorrectInShop()}, nil
	}
	for parent := range t.ParentsOf(record) {
		var found obstacle
		var err error
		if t.Columns[parent.Column].Type == importer.Set {
			found = l.withoutSome(parent, record)
		} else {
			found, err = l.withoutOne(parent, record[parent.Column].Text(), row)
		}
		if found.why != "" || err != nil {
			return found, err
		}
	}
	return obstacle{}, nil
}

func (l *lostRecords) withoutOne(parent importer.Parent, id string, row *importer.Row) (obstacle, error) {
	ref := importer.ParentRef{Part: parent.Table, ID: id}
	switch {
	case id == "":
		return obstacle{fmt.Sprintf("it belongs to none of the %s that were read", parent.Table.Name), l.seeFirst()}, nil
	case len(l.rejected) > 0 && l.rejected[ref]:
		return l.whyRejected(ref), nil
	case row != nil && row.Record[parent.Column].Text() == id && parent.IsOf(row.Record), l.covered[parent.Table],
		l.parents[parent.Table] == id:
		return obstacle{}, nil
	}
	if _, has, err := l.catalog.FindRow(l.ctx, parent.Table, id); err != nil || !has {
		return obstacle{fmt.Sprintf("%s was not imported yet; import %s as well", id, parent.Table.Name),
			importer.KindImport.Command(l.book.plan.Store).Next()}, err
	}
	l.parents[parent.Table] = id
	return obstacle{}, nil
}

// withoutSome looks for a lost record in a set of parents.
func (l *lostRecords) withoutSome(parent importer.Parent, record importer.Record) obstacle {
	if len(l.lost) == 0 {
		return obstacle{}
	}
	for id := range record[parent.Column].EachElement {
		if ref := (importer.ParentRef{Part: parent.Table, ID: id}); l.lost[ref] {
			return l.whyRejected(ref)
		}
	}
	return obstacle{}
}

// whyRejected returns why a parent cannot be imported.
func (l *lostRecords) whyRejected(ref importer.ParentRef) obstacle {
	if known, told := l.unfit[ref]; told {
		return known
	}
	return obstacle{fmt.Sprintf("%s of %s was rejected", ref.ID, ref.Part.Name), l.seeFirst()}
}

func (l *lostRecords) seeFirst() connector.Next {
	return connector.Typed("runs warnings", l.book.plan.ID).After("see what was rejected first: ")
}

// nameParent notes the name of a rejected record, for remarks on its parts.
func (l *lostRecords) nameParent(t *importer.Table, key string, record importer.Record) {
	if name := t.NameOf(record); name != "" && len(importer.PartsOf(t)) > 0 {
		l.unfit[importer.ParentRef{Part: t, ID: key}] = obstacle{fmt.Sprintf("%q (%s of %s) was rejected", name, key, t.Name), l.seeFirst()}
	}
}
