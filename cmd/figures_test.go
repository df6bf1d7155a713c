package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestFigures measures the program, as its own process over real HTTP and a real
// state file, against the floor: the C shell of SQLite that loads ready-made CSV
// files of the very same rows into the same tables with the same indexes, in the
// same run. It asserts nothing; the figures go to standard output. The sizes come
// from the environment:
//
//	FIGURES=1000,20000,200000 go test ./cmd -run TestFigures -v -timeout 60m
func TestFigures(t *testing.T) {
	sizes := os.Getenv("FIGURES")
	if sizes == "" {
		t.Skip("FIGURES names no sizes")
	}
	if _, err := exec.LookPath("sqlite3"); err != nil {
		t.Skip("there is no sqlite3 to compare with")
	}
	program := filepath.Join(t.TempDir(), "eshopctl")
	build := exec.Command("go", "build", "-o", program, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%s: %s", err, out)
	}
	for size := range strings.SplitSeq(sizes, ",") {
		products, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(size, func(t *testing.T) { figures(t, program, products) })
	}
}

// measured is what one process took.
type measured struct {
	wall, cpu time.Duration
	memory    int64 // bytes, at its peak
}

func figures(t *testing.T, program string, products int) {
	small := sandboxtest.Generate(1)
	b := &bulkShop{products: products, folder: t.TempDir()}
	for _, location := range small.Truth().Locations {
		b.locations = append(b.locations, location.ID)
	}
	bytes := b.generate(t)
	desk := newDeskWith(t, b.wrap, small)
	b.address = desk.server.URL()
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", sandboxtest.GeneratedDomain, "--auth", "browser")
	run := func(args ...string) measured {
		t.Helper()
		command := desk.command(append(args, "--store", "main", "--quiet")...)
		command.Path = program
		return measure(t, command)
	}
	first := run("import", "run", "--yes", "--reader", "bulk")
	floor := desk.floor()
	rerun := run("import", "run", "--yes", "--reader", "bulk")
	b.edition.Store(1)
	preview := run("import", "preview", "--reader", "bulk")
	apply := run("import", "run", "latest", "--yes")

	rows := 0
	for _, n := range desk.rows() {
		rows += n
	}
	fmt.Printf("\n%d products, %d variants, %d rows, %d MB of JSON lines; the floor takes %.2f s (%.2f s of CPU)\n",
		products, products*figureVariants, rows, bytes>>20, floor.wall.Seconds(), floor.cpu.Seconds())
	for _, figure := range []struct {
		what string
		measured
	}{
		{"first import", first}, {"rerun, nothing changed", rerun}, {"preview, 1 % of products and 5 % of levels changed", preview}, {"applying that plan", apply},
	} {
		fmt.Printf("  %-52s %7.2f s  %5.2f x  (CPU %5.2f x)  %4d MB\n", figure.what, figure.wall.Seconds(),
			ratio(figure.wall, floor.wall), ratio(figure.cpu, floor.cpu), figure.memory>>20)
	}
}

func ratio(a, b time.Duration) float64 { return a.Seconds() / b.Seconds() }

func measure(t testing.TB, command *exec.Cmd) measured {
	t.Helper()
	began := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s\n%s", command.Args, err, out)
	}
	m := measured{wall: time.Since(began), cpu: command.ProcessState.UserTime() + command.ProcessState.SystemTime()}
	m.memory = peakMemory(command.ProcessState)
	return m
}

// floor loads the rows of the catalogue, exported as CSV files, into a new
// database with the same tables and indexes.
func (d *desk) floor() measured {
	d.t.Helper()
	folder := d.t.TempDir()
	shell := func(script string) *exec.Cmd {
		command := exec.Command("sqlite3", "-batch", filepath.Join(folder, "floor.db"))
		command.Stdin = strings.NewReader(script)
		return command
	}
	export := fmt.Sprintf("ATTACH '%s' AS state;\n.mode csv\n", d.statePath())
	load := "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;\n.mode csv\nBEGIN;\n"
	for _, table := range importer.Tables() {
		if table == importer.Warehouses {
			continue // a few rows, and a generated column that .import does not know
		}
		path := filepath.Join(folder, table.Name+".csv")
		export += fmt.Sprintf(".output '%s'\nSELECT * FROM state.%s;\n", path, table.Name)
		load += fmt.Sprintf(".import '%s' %s\n", path, table.Name)
	}
	if out, err := shell(export).CombinedOutput(); err != nil {
		d.t.Fatalf("%s: %s", err, out)
	}
	schema, err := exec.Command("sqlite3", "-batch", d.statePath(),
		"SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index') AND tbl_name IN ('products', 'variants', 'media', 'categories', 'memberships', 'stock')").Output()
	if err != nil {
		d.t.Fatal(err)
	}
	if out, err := shell("PRAGMA page_size = 16384;\n" + string(schema)).CombinedOutput(); err != nil {
		d.t.Fatalf("%s: %s", err, out)
	}
	return measure(d.t, shell(load+"COMMIT;\n"))
}

func (d *desk) rows() map[string]int {
	d.t.Helper()
	db, err := openSQL(d.statePath())
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	counts := map[string]int{}
	for _, table := range importer.Tables() {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM " + table.Name).Scan(&n); err != nil {
			d.t.Fatal(err)
		}
		counts[table.Name] = n
	}
	return counts
}
