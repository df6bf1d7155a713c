package cmd

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// Another program holds the write lock of the state file: that is said, it ends with
// --patience, Ctrl-C ends it at once, and who only looks does not wait.
func TestAnotherProgramHoldsTheStateFile(t *testing.T) {
	t.Parallel()
	desk := newDesk(t, sandboxtest.DefaultShop())
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", desk.shop.Domain(), "--auth", "browser")
	desk.mustRun("import", "run", "--store", "main", "--yes")
	other, err := openSQL(desk.statePath())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	if _, err := other.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	desk.mustRun("status", "--store", "main")
	desk.mustRun("catalog", "stock", "--store", "main")
	for _, args := range [][]string{{"import", "preview", "--patience", "4s"}, {"runs", "prune", "--keep", "5", "--patience", "3500ms"}} {
		began := time.Now()
		_, told, status := desk.run(args...)
		if status != exit.Locked || !strings.Contains(told, ", which writes into the state file") || time.Since(began) > 15*time.Second {
			t.Errorf("%v: %d after %v\n%s", args, status, time.Since(began), told)
		}
	}
	waiting := desk.command("import", "run", "--yes")
	if err := waiting.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	stopped := time.Now()
	if err := waiting.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = waiting.Wait()
	if took := time.Since(stopped); waiting.ProcessState.ExitCode() != exit.Interrupted || took > 3*time.Second {
		t.Errorf("stopped: %d after %v", waiting.ProcessState.ExitCode(), took)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	desk.mustRun("import", "run", "--yes")
}
