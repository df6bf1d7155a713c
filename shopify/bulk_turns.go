package shopify

import "runtime"

// turns are how many results may be decoded at a time; nil is any number. The levels
// are more than half of all lines and have no turn to wait for, so that they are not
// what is left over when everything else is read, with one core to do it. Members
// have none either, because they wait for their collections.
type turns chan struct{}

func newTurns() turns { return make(turns, max(1, runtime.GOMAXPROCS(0)-1)) }

func (b *bulkDesk) turnsOf(d document) turns {
	if d == bulkInventory || d == bulkMembers {
		return nil
	}
	return b.turns
}

// take does some work when it is its turn.
func (t turns) take(work func() error) error {
	if t == nil {
		return work()
	}
	t <- struct{}{}
	defer func() { <-t }()
	return work()
}
