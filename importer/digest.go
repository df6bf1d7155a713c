package importer

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/minio/highwayhash"

	"github.com/eshopos/eshopctl/connector"
)

const (
	digestKeySize = highwayhash.Size

	// assemblyVersion counts the ways in which a snapshot was ever made of what
	// a shop gives. One that was made in another way is not made use of.
	assemblyVersion = 1
)

// Given tells what a snapshot was made of, without its order: the same given
// twice makes the same snapshot, so it need not be made twice.
type Given struct {
	Version int
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

// given describes what the assembly was given. A table of which something was
// forgotten, or in which one record came in two versions, has no digest: what
// was made of it hung on the order.
func (a *Assembly) given() Given {
	g := Given{Version: assemblyVersion, Tables: map[string][]byte{}}
	for t, in := range a.intakes {
		g.Key = in.digest.key
		if !in.doubled && len(a.replaced) == 0 {
			g.Tables[t.Name] = in.digest.sum()
		}
	}
	return g
}

// same reports whether an earlier snapshot was made of the same records of all
// these tables, for the same resources.
func (g Given) same(before Snapshot, resources []connector.Resource, tables ...*Table) bool {
	if before == nil {
		return false
	}
	info := before.Info()
	if info.Given.Version != g.Version || !slices.Equal(info.Given.Key, g.Key) || !slices.Equal(info.Resources, resources) {
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
