package staging

import (
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// gatherNeighbours merges neighbours with the same key into one group. begin makes a group
// for a key, add adds an element to it.
func gatherNeighbours[E, G any](of iter.Seq2[E, error], key func(E) string, begin func(key string) G, add func(*G, E)) iter.Seq2[G, error] {
	return func(yield func(G, error) bool) {
		var current G
		currentKey, have := "", false
		for one, err := range of {
			if err != nil {
				yield(current, err)
				return
			}
			if have && key(one) != currentKey {
				if !yield(current, nil) {
					return
				}
				have = false
			}
			if !have {
				currentKey, have = key(one), true
				current = begin(currentKey)
			}
			add(&current, one)
		}
		if have {
			yield(current, nil)
		}
	}
}

// group is the payloads of all entries with one key.
type group struct {
	key      string
	payloads []string
}

func keyOfGroup(g group) string { return g.key }

func keyOfFound(t *importer.Table) func(arrival) string {
	return func(f arrival) string { return t.Key(f.record) }
}

// groupEntries groups sorted entries by key.
func groupEntries(entries iter.Seq2[importer.Entry, error]) iter.Seq2[group, error] {
	return gatherNeighbours(entries, func(e importer.Entry) string { return string(e.Key) },
		func(key string) group { return group{key: key} },
		func(g *group, e importer.Entry) { g.payloads = append(g.payloads, string(e.Payload)) })
}

// family is the records that belong to one parent.
type family struct {
	parent string
	of     []arrival
}

func keyOfFamily(f family) string { return f.parent }

// familiesOf groups neighbours with the same value in column parent.
func familiesOf(t *importer.Table, of iter.Seq2[arrival, error], parent int) iter.Seq2[family, error] {
	return gatherNeighbours(of, func(f arrival) string { return f.record[parent].Text() },
		func(key string) family { return family{parent: key} },
		func(f *family, one arrival) { f.of = append(f.of, cloneArrival(t, one)) })
}
