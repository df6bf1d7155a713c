package walk

import (
	"hash/maphash"
	"slices"
)

// KeySet is a set of keys that takes eight bytes for each.
type KeySet struct {
	seed   maphash.Seed
	hashes []uint64
	sorted bool
}

// AddKey adds a key. It keeps nothing of it but a hash.
func (k *KeySet) AddKey(key string) {
	k.hashes, k.sorted = append(k.hashes, maphash.String(k.seed, key)), false
}

// HasKey reports whether the key was added. It cannot tell keys with the same hash apart.
func (k *KeySet) HasKey(key string) bool {
	if !k.sorted {
		slices.Sort(k.hashes)
		k.sorted = true
	}
	_, found := slices.BinarySearch(k.hashes, maphash.String(k.seed, key))
	return found
}

// NewKeySet makes an empty set.
func NewKeySet() *KeySet { return &KeySet{seed: maphash.MakeSeed()} }
