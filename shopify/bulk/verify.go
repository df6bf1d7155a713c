package bulk

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/maphash"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// verifyResult checks that all lines of a result can be decoded, that none stands there
// twice, and that there are as many as the shop counted.
func verifyResult(ctx context.Context, l List, o *Operation, result *Result, sorter importer.Sorter) error {
	seen := repeats.NewFinder(sorter)
	defer seen.Close()
	v := &verification{list: l, operation: o, key: l.Keys(), seen: seen, seed: maphash.MakeSeed()}
	if err := result.Lines(ctx, v.checkLine); err != nil {
		return err
	}
	return v.checkWhole()
}

type verification struct {
	list      List
	operation *Operation
	key       func(text []byte) (repeats.Key, error)

	all, roots int // lines
	unnamed    int // roots without an id of their kind
	seen       *repeats.Finder
	seed       maphash.Seed
	note       []byte // memory for the note of each line: a hash of its text, its number
}

func (v *verification) checkLine(l Line) error {
	which, err := v.key(l.Text)
	switch {
	case err != nil && !l.whole:
		return &BadFile{v.list.Name, l.Number, "is cut off"}
	case err != nil:
		return &BadFile{v.list.Name, l.Number, "cannot be read: " + err.Error()}
	}
	if v.all++; which.Parent == 0 {
		v.roots++
	}
	if which == (repeats.Key{}) {
		v.unnamed++
	}
	if which.ID != 0 {
		v.note = binary.BigEndian.AppendUint64(v.note[:0], maphash.Bytes(v.seed, l.Text))
		v.note = binary.BigEndian.AppendUint64(v.note, uint64(l.Number))
		if err := v.seen.Add(which, v.note); err != nil {
			return err
		}
	}
	return failpoint.Reach("download/line")
}

// checkWhole checks the file as a whole, once all lines were checked.
func (v *verification) checkWhole() error {
	doubled, err := v.doubledLine()
	if err != nil {
		return err
	}
	if doubled > 0 {
		return &BadFile{v.list.Name, doubled, "is doubled"}
	}
	if wrong := v.wrongCounts(); wrong != "" {
		return &BadFile{v.list.Name, 0, wrong}
	}
	v.list.Downloaded(v.roots, v.operation.Roots)
	return failpoint.Reach("download/whole")
}

// wrongCounts words what is wrong with the number of lines, "" for nothing.
func (v *verification) wrongCounts() string {
	switch said := v.operation; {
	case v.all < said.Objects:
		return fmt.Sprintf("ends after line %d, but the shop counted %d", v.all, said.Objects)
	case v.all > said.Objects:
		return fmt.Sprintf("has %d lines, but the shop counted %d", v.all, said.Objects)
	case v.roots != said.Roots:
		return fmt.Sprintf("has %d lines without a parent, but the shop counted %d", v.roots, said.Roots)
	case v.unnamed > 1 && v.unnamed == v.roots:
		return fmt.Sprintf("holds no record of its kind among %d", v.roots)
	}
	return ""
}

// doubledLine returns the number of a line that stands there a second time, 0 for none. A
// record that comes twice with different content is no fault: it changed while the shop
// gathered the result.
func (v *verification) doubledLine() (number int, err error) {
	err = v.seen.EachRepeat(func(first, again []byte) {
		if number == 0 && binary.BigEndian.Uint64(first) == binary.BigEndian.Uint64(again) {
			number = int(binary.BigEndian.Uint64(again[8:]))
		}
	})
	return number, err
}
