package importer

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/minio/highwayhash"

	"github.com/eshopos/eshopctl/connector"
)

const digestKeySize = highwayhash.Size

// Given tells what a snapshot was made of, without its order: the same given
// twice makes the same snapshot, so it need not be made twice.
type Given struct {
	Program string            // that made it
	Key     []byte            // of the digests, so that a shop cannot choose them
	Tables  map[string][]byte // what was given of each table
}

// digest is the sum of the hashes of all entries of a table, in any order, and
// their number. Entries that are given twice count twice.
type digest struct {
	key          []byte
	high, low, n uint64
}

func (d *digest) add(entry []byte) {
	hash := highwayhash.Sum128(entry, d.key)
	var carry uint64
	d.low, carry = bits.Add64(d.low, binary.LittleEndian.Uint64(hash[:]), 0)
	d.high, _ = bits.Add64(d.high, binary.LittleEndian.Uint64(hash[8:]), carry)
	d.n++
}

func (d *digest) reset() { d.high, d.low, d.n = 0, 0, 0 }

func (d *digest) sum() []byte {
	sum := binary.LittleEndian.AppendUint64(nil, d.high)
	sum = binary.LittleEndian.AppendUint64(sum, d.low)
	return binary.LittleEndian.AppendUint64(sum, d.n)
}

func (g Given) by(program string) bool { return g.Program == program && len(g.Key) == digestKeySize }

// given describes what the assembly was given.
func (a *Assembly) given() (Given, error) {
	g := Given{Program: a.program, Key: a.secret, Tables: map[string][]byte{}}
	for t, in := range a.intakes {
		sum, err := a.sum(in)
		if err != nil {
			return g, err
		}
		g.Tables[t.Name] = sum
	}
	return g, nil
}

// sum stands for what was given of a table. A table of which something was
// forgotten, or in which one record came in two versions, has a sum that no other
// has, since what is made of it hangs on the order; and so has one of which a part
// was recognised, or could have been.
func (a *Assembly) sum(in *intake) ([]byte, error) {
	all, err := in.recall.everything()
	switch {
	case err != nil:
		return nil, err
	case in.doubled || len(a.replaced) > 0:
	case all && in.digest.n == 0 && in.marked == 0:
		return a.before.Info().Given.Tables[in.table.Name], nil
	case in.recall.seen.n == 0 && in.marked == 0:
		return in.digest.sum(), nil
	}
	return newKey(), nil
}

// same reports whether an earlier snapshot was made of the same records of all
// these tables, for the same resources.
func (g Given) same(before Snapshot, resources []connector.Resource, tables ...*Table) bool {
	if before == nil {
		return false
	}
	info := before.Info()
	if info.Given.Program != g.Program || !slices.Equal(info.Given.Key, g.Key) || !slices.Equal(info.Resources, resources) {
		return false
	}
	for _, t := range tables {
		now, then := g.Tables[t.Name], info.Given.Tables[t.Name]
		if now == nil || !slices.Equal(now, then) {
			return false
		}
	}
	return true
}
