package cmd

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// TestKill ends an import with SIGKILL at many moments. Law 2: whatever the
// moment, the catalogue is as it was or as it should be, and the next run brings
// it to where an undisturbed one does.
func TestKill(t *testing.T) {
	t.Parallel()
	desk := newDesk(t, sandboxtest.Generate(150))
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", desk.shop.Domain(), "--auth", "browser")
	desk.mustRun("import", "preview", "--store", "main")
	prepared := t.TempDir()
	copyFolder(t, desk.home, prepared)

	began := time.Now()
	desk.mustRun("import", "run", "latest", "--store", "main", "--yes")
	undisturbed := time.Since(began)
	want := desk.digest()

	random := rand.New(rand.NewPCG(1, 2))
	outcomes := map[string]int{}
	for range campaign.Of(t, "kills", 3, 25, 100) {
		desk.home = t.TempDir()
		copyFolder(t, prepared, desk.home)
		empty := desk.digest()
		command := desk.command("import", "run", "latest", "--store", "main", "--yes")
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(undisturbed))))
		_ = command.Process.Kill() // it may have ended
		_ = command.Wait()
		switch desk.digest() {
		case empty:
			outcomes["as it was"]++
		case want:
			outcomes["as it should be"]++
		default:
			t.Fatal("the catalogue is neither as it was nor as it should be")
		}
		desk.mustRun("import", "run", "--store", "main", "--yes")
		if desk.digest() != want {
			t.Fatal("the run after the kill did not bring the catalogue to where it should be")
		}
		assertInvariants(t, desk.home)
	}
	t.Log(outcomes)
}
