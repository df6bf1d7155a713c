package staging

import (
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// arrival is a record as the source gave it, with what it said beside it. All are
// only valid until the next one, the values of a record for ever.
type arrival struct {
	record   importer.Record
	more     importer.Record
	whole    importer.Record // both
	sequence uint64
}

func arrivalOf(t *importer.Table, whole importer.Record, sequence uint64) arrival {
	n := len(t.Columns)
	return arrival{whole[:n:n], whole[n:], whole, sequence}
}

// cloneArrival is found to be kept.
func cloneArrival(t *importer.Table, f arrival) arrival {
	return arrivalOf(t, slices.Clone(f.whole), f.sequence)
}

// candidate is the entry that waits until another key follows.
type candidate struct {
	table     *importer.Table
	key, said string
	sequence  uint64
	values    importer.Record
	page      strings.Builder // texts of many entries; a full page is left to whoever holds one
}

const candidatePage = 64 << 10

func (f *candidate) takeEntry(e importer.Entry) {
	beside := saidBeside(e.Payload)
	if size := len(e.Key) + len(beside); f.page.Cap()-f.page.Len() < size {
		f.page.Reset()
		f.page.Grow(max(candidatePage, size))
	}
	from := f.page.Len()
	f.page.Write(e.Key)
	f.page.Write(beside)
	text := f.page.String()[from:]
	f.key, f.said, f.sequence = text[:len(e.Key)], text[len(e.Key):], sequenceOf(e.Payload)
}

func (f *candidate) asArrival() (arrival, error) {
	if err := f.table.CutBesideKey(f.values, f.key, f.said); err != nil {
		return arrival{}, err
	}
	return arrivalOf(f.table, f.values, f.sequence), nil
}
