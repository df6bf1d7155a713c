package shopify

import (
	"testing"
	"testing/synctest"
)

// Whoever waits for something else must not keep others from their turn, and levels
// wait for nobody.
func TestOnlyWhatNeverWaitsTakesTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := &bulkDesk{turns: make(turns, 1)}
		desk.turns <- struct{}{} // somebody has it
		done := map[document]chan bool{}
		for _, d := range []document{bulkProducts, bulkVariants, bulkVariantMedia, bulkInventory, bulkMembers} {
			ended := make(chan bool, 1)
			done[d] = ended
			go func() { _ = desk.turnsOf(d).take(func() error { ended <- true; return nil }) }()
		}
		synctest.Wait()
		for d, want := range map[document]int{bulkProducts: 0, bulkVariants: 0, bulkVariantMedia: 0, bulkInventory: 1, bulkMembers: 1} {
			if len(done[d]) != want {
				t.Errorf("%s: done %d times, want %d", d.name(), len(done[d]), want)
			}
		}
		<-desk.turns
		synctest.Wait()
		for d, ended := range done {
			if len(ended) != 1 {
				t.Errorf("%s was not done at all", d.name())
			}
		}
	})
}
