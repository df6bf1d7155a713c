package staging

import (
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// arrival is a record as the source gave it. It is valid until the next one; its values
// stay valid.
type arrival struct {
	record   importer.Record // the columns of the table
	more     importer.Record // the values beside them
	whole    importer.Record // both
	sequence uint64          // grows from one arrival to the next
}

func arrivalOf(t *importer.Table, whole importer.Record, sequence uint64) arrival {
	n := len(t.Columns)
	return arrival{whole[:n:n], whole[n:], whole, sequence}
}

// cloneArrival returns an arrival that stays valid.
func cloneArrival(t *importer.Table, f arrival) arrival {
	return arrivalOf(t, slices.Clone(f.whole), f.sequence)
}

// candidate is the last entry of a key so far. It becomes an arrival when another key
// follows.
type candidate struct {
	table     *importer.Table
	key, said string
	sequence  uint64
	values    importer.Record
	page      strings.Builder // memory for the texts of many entries; a full page is not reused
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
