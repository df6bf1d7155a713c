package importer

import (
	"encoding/binary"
	"iter"
	"slices"

	"github.com/minio/highwayhash"
)

// Mark stands for the text that a record was made of, so that the same text need
// not be read twice. The zero Mark stands for none.
type Mark uint64

// markText marks a text with a secret key, so that a shop cannot choose marks.
func markText(text, key []byte) Mark { return Mark(highwayhash.Sum64(text, key)) }

func (m Mark) value() Value {
	if m == 0 {
		return None
	}
	return String(string(binary.LittleEndian.AppendUint64(nil, uint64(m))))
}

func markOf(v Value) Mark {
	if len(v.text) != 8 {
		return 0
	}
	return Mark(binary.LittleEndian.Uint64([]byte(v.text)))
}

// Recall recognises the texts that records of one table were made of for the
// snapshot before. It expects them in the order of the records' keys, which is
// about the order in which a shop gives them; a text that it does not find is
// only read again. It is for one goroutine; nil recognises nothing.
type Recall struct {
	table  *Table
	before Snapshot // nil: nothing is recognised
	secret []byte

	chunks *unpacking // nil before the first and when nothing is recognised
	ended  bool
	marks  []Mark   // of the records at hand
	texts  []string // of the same records
	first  int      // number of the first of them
	at     int      // among them: expected next
	missed int      // texts in a row that were not found
	bear   int      // how many are borne before all is searched
	key    []string // of the record recognised last

	seen   numbers
	places []uint32 // of what was seen, where places count
	names  names    // of records of a small table

	product  string // of the media item seen last, and its place there
	position int64
	strayed  bool // items did not come in the order of their positions

	failed error
	whole  *bool // whether all were recognised, once that was asked
}

const (
	nearby    = 512        // records on either side that are looked at for a text that does not come next
	gone      = 4 * nearby // records gone by that are kept at most
	bearFirst = 64
)

func newRecall(before Snapshot, t *Table, secret []byte) *Recall {
	r := &Recall{table: t, before: before, secret: secret, bear: bearFirst, names: namesIn(t)}
	r.rewind()
	return r
}

// Mark tells the mark of a text. It may be called while records are recognised.
func (r *Recall) Mark(text []byte) Mark {
	if r == nil {
		return 0
	}
	return markText(text, r.secret)
}

// Recognise tells the values of the key of the record that was made of the text
// with that mark, nil when there is none, valid until the next call. That record
// counts as given; another one is to be given with the mark. place grows along the
// texts.
func (r *Recall) Recognise(mark Mark, place int) (key []string) {
	if r == nil || r.before == nil || !r.find(mark) || r.seen.has(r.first+r.at) {
		return nil
	}
	if key = r.cutKey(r.texts[r.at]); key == nil {
		r.failed = unreadable(r.before, errCutOff)
	} else {
		r.note(place, key)
	}
	r.at++
	r.missed = 0
	return key
}

func (r *Recall) note(place int, key []string) {
	number := r.first + r.at
	r.seen.add(number)
	if r.names.column >= 0 {
		r.noteNames(key)
	}
	if r.table != Media {
		return
	}
	r.notePosition(key[mediaProductInKey], r.texts[r.at])
	if missing := number + 1 - len(r.places); missing > 0 {
		r.places = append(r.places, make([]uint32, missing)...)
	}
	r.places[number] = uint32(place)
}

// noteNames notes what the record at hand names of a small table.
func (r *Recall) noteNames(key []string) {
	named, err := columnOf(r.texts[r.at], r.names.column)
	if err != nil {
		r.failed = unreadable(r.before, err)
	}
	r.names.note(named.text, func() string { return JoinKey(key...) })
}

// notePosition finds out whether the items of each product come one behind the
// other, from its first to its last. Then they have the places that they had.
func (r *Recall) notePosition(product, text string) {
	position, err := columnOf(text, mediaPosition)
	if err != nil {
		r.failed = unreadable(r.before, err)
	}
	if r.position++; product != r.product {
		r.product, r.position = product, 1
	}
	r.strayed = r.strayed || position.Int() != r.position
}

// mediaProductInKey is where the key of a media item has its product.
const mediaProductInKey = 0

// Said is the value of a column of the record recognised last.
func (r *Recall) Said(column int) string {
	value, err := columnOf(r.texts[r.at-1], column)
	if err != nil {
		r.failed = unreadable(r.before, err)
	}
	return value.text
}

// find goes to the record of the mark.
func (r *Recall) find(mark Mark) bool {
	if r.load(1) && r.marks[r.at] == mark {
		return true
	}
	r.load(nearby)
	from := max(0, r.at-nearby)
	if there := slices.Index(r.marks[from:min(r.at+nearby, len(r.marks))], mark); there >= 0 {
		r.at = from + there
		return true
	}
	if r.missed++; r.missed < r.bear {
		return false
	}
	r.missed, r.bear = 0, 2*r.bear
	return r.search(mark)
}

// search looks at all records, from the first.
func (r *Recall) search(mark Mark) bool {
	for r.rewind(); r.load(1); r.at = len(r.marks) {
		if ahead := slices.Index(r.marks[r.at:], mark); ahead >= 0 {
			r.at += ahead
			return true
		}
	}
	r.rewind()
	return false
}

func (r *Recall) rewind() {
	r.stop()
	r.marks, r.texts, r.first, r.at = r.marks[:0], r.texts[:0], 0, 0
	if r.ended = r.before == nil; !r.ended {
		r.chunks = unpack(r.before, r.table)
	}
}

func (r *Recall) stop() {
	if r.chunks != nil {
		r.chunks.stop()
		r.chunks = nil
	}
}

// load makes sure that n more records are at hand, as far as there are any, and
// reports whether there is one.
func (r *Recall) load(n int) bool {
	for !r.ended && len(r.marks)-r.at < n {
		if r.at > gone {
			drop := r.at - nearby
			r.first += drop
			r.marks, r.texts = slices.Delete(r.marks, 0, drop), slices.Delete(r.texts, 0, drop)
			r.at = nearby
		}
		more, err := r.chunks.advance()
		if err == nil && more {
			err = r.unpack()
		}
		if err != nil {
			r.failed = unreadable(r.before, err)
		}
		r.ended = err != nil || !more
	}
	return len(r.marks) > r.at
}

// unpack takes the records of the chunk at hand.
func (r *Recall) unpack() error {
	records, err := r.chunks.open()
	for err == nil && records.More() {
		text, last := "", Value{}
		if text, last, err = records.ends(); err == nil {
			r.texts, r.marks = append(r.texts, text), append(r.marks, markOf(last))
		}
	}
	return err
}

// cutKey cuts the values of the key from a record as it is stored, nil when it
// is cut off.
func (r *Recall) cutKey(text string) []string {
	r.key = append(r.key[:0], make([]string, len(r.table.Keys))...)
	for column := range slices.Max(r.table.Keys) + 1 {
		value, rest, err := cutValue(text)
		if err != nil {
			return nil
		}
		if at := slices.Index(r.table.Keys, column); at >= 0 {
			r.key[at] = value.text
		}
		text = rest
	}
	return r.key
}

// everything reports whether all records of the snapshot before were recognised,
// when all texts are read.
func (r *Recall) everything() (bool, error) {
	if r.before == nil || r.failed != nil {
		return false, r.failed
	}
	if r.whole == nil {
		total, err := r.total()
		if err != nil {
			return false, err
		}
		r.whole = new(r.seen.n == total && (r.table != Media || !r.strayed || r.placedAsBefore()))
	}
	return *r.whole, nil
}

// most reports whether at least half of the records of the snapshot before were
// recognised, and that there were any.
func (r *Recall) most() (bool, error) {
	if r.seen.n == 0 {
		return false, r.failed
	}
	total, err := r.total()
	return 2*r.seen.n >= total, err
}

// total is how many records the snapshot before has.
func (r *Recall) total() (total int, err error) {
	for chunk, err := range r.before.Chunks(r.table) {
		if err != nil {
			return 0, err
		}
		total += chunk.Records
	}
	return total, nil
}

// placedAsBefore reports whether the items of each product have the places that
// they had.
func (r *Recall) placedAsBefore() bool {
	for product, err := range families(r.table, r.found(), mediaProduct) {
		if err != nil {
			return false
		}
		if number(product.of, nil) {
			return false
		}
	}
	return true
}

// found gives the records that were recognised.
func (r *Recall) found() iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		way := r.recognised()
		defer way.stop()
		for {
			one, have, err := way.next()
			if !have && err == nil || !yield(one, err) || err != nil {
				return
			}
		}
	}
}

// lost gives the records of the snapshot before that were not recognised.
func (r *Recall) lost() iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		record, number := make(Record, r.table.Width()), 0
		for chunk, err := range r.before.Chunks(r.table) {
			var records Packed
			if err == nil && !r.seen.all(number, chunk.Records) {
				records, err = r.before.Unpack(r.table, chunk)
			}
			for at := number; err == nil && records.More(); at++ {
				if err = records.cut(record); err == nil && !r.seen.has(at) && !yield(r.table.found(record, 0), nil) {
					return
				}
			}
			if err != nil {
				yield(found{}, err)
				return
			}
			number += chunk.Records
		}
	}
}

// recognised is the way through the records that were.
type recognised struct {
	of      *Recall
	chunks  func() (Chunk, error, bool) // nil: there are none
	stop    func()
	records Packed
	number  int    // of the next record
	record  Record // at hand, used again and again
}

func (r *Recall) recognised() *recognised {
	way := &recognised{of: r, record: make(Record, r.table.Width()), stop: func() {}}
	if r.seen.n > 0 {
		way.chunks, way.stop = iter.Pull2(r.before.Chunks(r.table))
	}
	return way
}

// next gives the next record.
func (w *recognised) next() (one found, have bool, err error) {
	if w.chunks == nil || w.of.failed != nil {
		return one, false, w.of.failed
	}
	for known := false; !known; w.number++ {
		if have, err := w.load(); !have || err != nil {
			return one, false, err
		}
		if known = w.of.seen.has(w.number); known {
			err = w.records.cut(w.record)
		} else {
			err = w.records.goOver()
		}
		if err != nil {
			return one, false, err
		}
	}
	one = w.of.table.found(w.record, 0)
	if w.of.places != nil {
		one.more[mediaOrder] = Whole(int64(w.of.places[w.number-1]))
	}
	return one, true, nil
}

// load makes sure that a record is at hand, if there is another one.
func (w *recognised) load() (have bool, err error) {
	for !w.records.More() {
		chunk, err, more := w.chunks()
		if !more || err != nil {
			return false, err
		}
		if w.records, err = w.of.before.Unpack(w.of.table, chunk); err != nil {
			return false, err
		}
	}
	return true, nil
}

// numbers is a set of small numbers; n is how many.
type numbers struct {
	words []uint64
	n     int
}

func (s *numbers) add(i int) {
	for i/64 >= len(s.words) {
		s.words = append(s.words, 0)
	}
	if !s.has(i) {
		s.n++
		s.words[i/64] |= 1 << (i % 64)
	}
}

// all reports whether n numbers in a row are in the set.
func (s *numbers) all(first, n int) bool {
	for i := first; i < first+n; i++ {
		if !s.has(i) {
			return false
		}
	}
	return true
}

func (s *numbers) has(i int) bool { return i/64 < len(s.words) && s.words[i/64]&(1<<(i%64)) != 0 }
