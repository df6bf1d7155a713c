package staging

import (
	"encoding/binary"
	"errors"
	"maps"
	"strings"
	"sync"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// intake sorts what was given of one table. If a key comes twice, the greater sequence
// wins. Records are sorted while the next ones are read; sorting is a third of the work on
// a large table.
type intake struct {
	table *importer.Table

	mu    sync.Mutex
	came  int        // records so far
	next  load       // records that are not sorted yet
	spare load       // swapped with next
	turn  chan error // holds one value, the last error; who takes it may use the sorter

	sorter  importer.Sorter
	entry   []byte // reused memory
	remarks []importer.Remark
	told    map[string]bool // keys of the records with a remark, since a record may come twice
	names   []*names        // references to small tables
	few     map[string]bool // ids of all records, if the table is small
}

// load is some records, one after the other.
type load struct {
	values    []importer.Value
	sequences []uint64
	size      int // bytes of the texts
}

const (
	loadRecords = 128
	loadSize    = 128 << 10
)

func newIntake(t *importer.Table, sorter importer.Sorter) *intake {
	in := &intake{table: t, turn: make(chan error, 1), told: map[string]bool{}, sorter: sorter}
	in.names, in.few = namesIn(t), map[string]bool{}
	in.turn <- nil
	return in
}

func (in *intake) putRecord(fill func(importer.Record) importer.Record, sequence uint64) error {
	before := len(in.next.values)
	in.next.values = fill(in.next.values)
	put := importer.Record(in.next.values[before:])
	for _, v := range put {
		in.next.size += len(v.Text())
	}
	in.came++
	in.noteNames(put)
	in.next.sequences = append(in.next.sequences, sequence)
	if len(in.next.sequences) < loadRecords && in.next.size < loadSize {
		return nil
	}
	failed := <-in.turn
	if failed == nil {
		in.next, in.spare = in.spare.withoutRecords(), in.next
		go func(l load) { in.turn <- in.sortLoad(l) }(in.spare)
		return nil
	}
	in.turn <- failed
	return failed
}

// noteNames notes to which records of small tables a record refers, and its own id in a
// small table.
func (in *intake) noteNames(r importer.Record) {
	if in.table.Few {
		in.few[strings.Clone(in.table.Key(r))] = true
	}
	for _, named := range in.names {
		if named.parent.IsOf(r) {
			named.noteName(r[named.parent.Column].Text(), func() string { return in.table.Key(r) })
		}
	}
}

// givenIDs returns the ids of the records of a small table.
func (in *intake) givenIDs() map[string]bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return maps.Clone(in.few)
}

// namedOf returns to which records of a small table the records refer.
func (in *intake) namedOf(t *importer.Table) (all []importer.NamedRecord) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, named := range in.names {
		if named.parent.Table == t {
			all = append(all, named.all...)
		}
	}
	return all
}

// sortRest sorts what is not sorted yet.
func (in *intake) sortRest() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	failed := <-in.turn
	if failed == nil {
		failed = in.sortLoad(in.next)
	}
	in.next, in.spare = load{}, load{}
	in.turn <- failed
	return failed
}

// startAnew forgets all records and continues with a fresh sorter.
func (in *intake) startAnew(fresh importer.Sorter) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.next = in.next.withoutRecords()
	<-in.turn
	old := in.sorter
	in.sorter, in.remarks = fresh, nil
	clear(in.told)
	in.names, in.few = namesIn(in.table), map[string]bool{}
	in.came = 0
	in.turn <- nil
	return old.Close()
}

func (in *intake) close() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	<-in.turn
	in.turn <- errClosed
	return in.sorter.Close()
}

var errClosed = errors.New("the assembly is closed")

func (l load) withoutRecords() load { return load{values: l.values[:0], sequences: l.sequences[:0]} }

func (in *intake) sortLoad(l load) error {
	for i, sequence := range l.sequences {
		width := in.table.ValueCount()
		if err := in.sortIn(importer.Record(l.values[i*width:(i+1)*width]), sequence); err != nil {
			return err
		}
	}
	return nil
}

// sortIn puts a record into the sorter. The shop's text is kept intact except for U+0000,
// which separates the parts of keys and at which databases cut text, and which also stands
// for invalid UTF-8.
func (in *intake) sortIn(r importer.Record, sequence uint64) error {
	if replaced := withoutNUL(in.table, r); len(replaced) > 0 {
		in.remarkReplaced(r, replaced)
	}
	in.entry = in.table.AppendKey(in.entry[:0], r)
	key := len(in.entry)
	in.entry = in.table.AppendBesideKey(in.entry, r)
	in.entry = binary.BigEndian.AppendUint64(in.entry, sequence)
	return in.sorter.PutEntry(in.entry[:key], in.entry[key:])
}

func (in *intake) remarkReplaced(r importer.Record, columns []string) {
	key := importer.ShowKey(in.table.Key(r))
	if len(in.remarks) == importer.RemarksKept || in.told[key] {
		return
	}
	in.told[key] = true
	in.remarks = append(in.remarks, importer.Remark{
		Code: importer.WarnTextReplaced, Severity: importer.Warning, Resource: in.table.Name, ExternalID: key,
		Message: "in " + strings.Join(columns, ", ") + " stands U+FFFD for what is no character, or for U+0000",
		Next:    connector.Advice("correct the text in the shop"),
	})
}

// sequenceSize is the size of the sequence at the end of an entry.
const sequenceSize = 8

func sequenceOf(payload []byte) uint64 {
	return binary.BigEndian.Uint64(payload[len(payload)-sequenceSize:])
}

func saidBeside(payload []byte) []byte { return payload[:len(payload)-sequenceSize] }

// withoutNUL replaces U+0000 in r and returns the names of the columns that it changed.
func withoutNUL(t *importer.Table, r importer.Record) (replaced []string) {
	for i := range t.Columns {
		text := r[i].Text()
		if strings.IndexByte(text, 0) >= 0 {
			text = strings.ReplaceAll(text, "\x00", "\uFFFD")
		}
		if of := t.Columns[i].Type; (of == importer.Set || of == importer.JSON) && strings.Contains(text, escapedNUL) {
			text = withoutEscapedNUL(text)
		}
		if text != r[i].Text() {
			replaced = append(replaced, t.Columns[i].Name)
			r[i] = importer.String(text)
		}
	}
	return replaced
}

const escapedNUL = `\u0000`

// withoutEscapedNUL replaces \u0000 inside JSON, unless its backslash is escaped itself.
func withoutEscapedNUL(text string) string {
	var made strings.Builder
	for {
		slash := strings.IndexByte(text, '\\')
		if slash < 0 || slash+1 == len(text) {
			made.WriteString(text)
			return made.String()
		}
		made.WriteString(text[:slash])
		text = text[slash:]
		if rest, is := strings.CutPrefix(text, escapedNUL); is {
			made.WriteString("\uFFFD")
			text = rest
			continue
		}
		made.WriteString(text[:2])
		text = text[2:]
	}
}
