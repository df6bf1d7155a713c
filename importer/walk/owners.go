package walk

import (
	"github.com/eshopos/eshopctl/importer"
)

// Owners looks up in a snapshot the records that parts belong to.
type Owners struct {
	in      importer.Snapshot
	finders map[*importer.Table]*Finder // made when first needed
}

// HasOwner reports whether the snapshot has the owner.
func (o *Owners) HasOwner(owner importer.ParentRef) (bool, error) {
	if owner.Part == nil {
		return false, nil
	}
	finder, err := o.finderOf(owner.Part)
	if err != nil {
		return false, err
	}
	record, err := finder.FindRecord(owner.ID)
	return record != nil, err
}

// HasUnsound reports whether the snapshot has a parent of the part that cannot be imported.
func (o *Owners) HasUnsound(t *importer.Table, part importer.Record) (bool, error) {
	for parent := range t.ParentsOf(part) {
		if t.Columns[parent.Column].Type == importer.Set {
			continue
		}
		finder, err := o.finderOf(parent.Table)
		if err != nil {
			return false, err
		}
		if unsound, err := finder.isUnsound(part[parent.Column].Text()); err != nil || unsound {
			return unsound, err
		}
	}
	return false, nil
}

func (o *Owners) finderOf(t *importer.Table) (*Finder, error) {
	if known := o.finders[t]; known != nil {
		return known, nil
	}
	made, err := NewFinder(o.in, t)
	o.finders[t] = made
	return made, err
}

// NewOwners returns the owners in a snapshot.
func NewOwners(in importer.Snapshot) Owners {
	return Owners{in: in, finders: map[*importer.Table]*Finder{}}
}
