package shopify

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"io"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// mark tells records apart: the numbers of a record and of the one that it belongs
// to, 0 for none.
type mark struct{ parent, id uint64 }

// appendKey orders a record before its parts, as most files have them: what comes in
// order costs little to be put in order.
func (m mark) appendKey(to []byte) []byte {
	if m.parent == 0 {
		m = mark{parent: m.id}
	}
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(to, m.parent), m.id)
}

// number is the number in a global id such as gid://shopify/Product/1, or a hash
// of an id that has another form. What stands behind a question mark belongs to
// the parent.
func number(id string) uint64 {
	n, scale := uint64(0), uint64(1)
	for at := len(id) - 1; at > 0 && len(id)-at < 19; at-- { // most end with their number
		digit := id[at] - '0'
		if digit > 9 {
			break
		}
		if n, scale = n+uint64(digit)*scale, 10*scale; id[at-1] == '/' {
			return n
		}
	}
	text, _, _ := strings.Cut(id[strings.LastIndexByte(id, '/')+1:], "?")
	if n, err := strconv.ParseUint(text, 10, 64); err == nil {
		return n
	}
	hash := fnv.New64a()
	_, _ = io.WriteString(hash, id) // cannot fail
	return hash.Sum64()
}

// identities finds records that come more than once, however many there are.
type identities struct {
	sorter importer.Sorter
	key    []byte // used again and again
}

func newIdentities(intake importer.Intake) *identities {
	return &identities{sorter: intake.NewSorter()}
}

// add takes a record, with what is to be known of it if it comes again.
func (s *identities) add(m mark, said []byte) error {
	s.key = m.appendKey(s.key[:0])
	return s.sorter.Put(s.key, said)
}

// repeated calls again for each record that came before, with what was said of the
// first and of it. After it nothing may be added.
func (s *identities) repeated(again func(first, said []byte)) error {
	var key, first []byte
	for entry, err := range s.sorter.Sorted() {
		if err != nil {
			return err
		}
		if bytes.Equal(entry.Key, key) {
			again(first, entry.Payload)
			continue
		}
		key, first = append(key[:0], entry.Key...), append(first[:0], entry.Payload...)
	}
	return nil
}

// repeats is how often a record came that had come before.
func (s *identities) repeats() (n int, err error) {
	err = s.repeated(func([]byte, []byte) { n++ })
	return n, err
}

// Close drops what was kept.
func (s *identities) Close() error { return s.sorter.Close() }
