package cmd

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/testdata/campaign"
)

// readers are command lines that only read.
func (w *ward) readers() []string {
	return []string{
		"status", "status --probe", "doctor", "doctor -o json", bareName, "runs list", "runs list -o json", "runs show latest", "runs show latest -o json",
		"runs warnings latest", "runs warnings latest -o jsonl", "runs changes latest", "runs compare " + w.runs[0] + " " + w.runs[len(w.runs)-1],
		"catalog products", "catalog variants", "catalog media", "catalog categories", "catalog memberships", "catalog warehouses", "catalog stock",
		"catalog products -o json", "catalog stock -o jsonl", "catalog variants -o csv", "catalog products --search x",
		"warehouses list", "warehouses show 1", "explain stock POT-1", "explain stock POT-1 -o json", "state info", "state info -o json", "state backup " + filepath.Join(w.folder, "copy.db"),
		"runs show latest -o html --out " + filepath.Join(w.folder, "report.html"), "status --check",
	}
}

// writers are command lines that write.
var writers = []string{
	"import preview --changes", "reconcile --exit-code", "import run latest --yes", rightOrRefused, "import preview --exit-code",
	"warehouses unlink 1", "warehouses link 1 gid://shopify/Location/71234532770", "runs prune --keep 1", "disconnect shopify --store main --local --yes",
	"connect shopify --shop tea-and-cups",
}

// bareName is the program's name alone, which says what to do next.
const bareName = "--store main"

// Two lines are typed at every file: the one whose lights may be wrong, and the one after
// which the catalogue is what the shop has.
const (
	lightsOf       = "status -o json"
	rightOrRefused = "import run --yes --max-missing off --max-zeroed off"
)

// nearby are lines that read a table more closely than others do, by beginnings of the
// tables' names.
var nearby = map[string][]string{
	"accounts":   {"status", "doctor", "doctor -o json", bareName, "import preview --exit-code"},
	"connectors": {"status", "status --probe", "status --check", "doctor", "connect shopify --shop tea-and-cups"},
	"secrets":    {"status --probe", "doctor", "connect shopify --shop tea-and-cups", "disconnect shopify --store main --local --yes"},
	"freshness":  {"status", "status --check", "doctor"},
	"holders":    {"state info", "state info -o json"},
	"operations": {"import preview --exit-code"},
	"plan":       {"runs changes latest", "runs show latest -o json", "import run latest --yes"},
	"remarks":    {"runs warnings latest", "runs warnings latest -o jsonl", "runs show latest"},
	"runs":       {"runs list", "runs list -o json", "runs show latest", "status", "state info"},
	"snapshot":   {"import preview --changes", "reconcile --exit-code", "state info", "runs prune --keep 1"},
	"chunks":     {"import preview --changes", "reconcile --exit-code"},
	"edits":      {"status", "import preview --changes", "reconcile --exit-code"},
	"stood_for":  {"warehouses list", "warehouses show 1", "warehouses unlink 1"},
	"stores":     {"import run latest --yes"},
	"warehouses": {"warehouses list", "warehouses show 1", "warehouses unlink 1", "warehouses link 1 gid://shopify/Location/71234532770", "catalog warehouses"},
	"stock":      {"catalog stock", "catalog stock -o jsonl", "explain stock POT-1", "explain stock POT-1 -o json"},
	"variants":   {"catalog variants", "catalog variants -o csv", "explain stock POT-1 -o json"},
	"products":   {"catalog products", "catalog products -o json", "catalog products --search x"},
}

// lines are those that are typed at the mutilated file of a number. Every line at every file
// would take hours, and read the same code again and again. In the whole campaign each column
// meets all values, and each of these those lines that read its table closely and three of
// the others, which go round: a line meets each column and each value, though not both at
// once. A sample has fewer of each.
func (w *ward) lines(m mutilation, number int) []string {
	others := slices.Concat(w.commands, writers)
	near := slices.Concat(closeTo(m.table), []string{"catalog " + m.table, "reconcile --exit-code"})
	near = slices.DeleteFunc(near, func(line string) bool { return !slices.Contains(others, line) })
	some := func(lines []string, n int) (some []string) {
		for i := range min(n, len(lines)) {
			some = append(some, lines[(number*n+i)%len(lines)])
		}
		return some
	}
	sizes := map[campaign.Size][2]int{campaign.Quick: {1, 1}, campaign.CI: {3, 3}, campaign.Full: {len(near), 3}}[campaign.Asked()]
	chosen := slices.Concat([]string{lightsOf}, some(near, sizes[0]), some(others, sizes[1]))
	if campaign.Asked() != campaign.Quick || number%4 == 0 {
		chosen = append(chosen, rightOrRefused)
	}
	slices.Sort(chosen)
	return w.inOrder(slices.Compact(chosen))
}

// inOrder has those lines first that only read, then what notes how the shop
// answered, which may mend what was mutilated, and then those that write more.
func (w *ward) inOrder(lines []string) []string {
	place := func(line string) int {
		switch {
		case slices.Contains(writers, line):
			return 2 + slices.Index(writers, line)
		case strings.Contains(line, "--probe"):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(lines, func(a, b string) int { return place(a) - place(b) })
	return lines
}

func closeTo(table string) (lines []string) {
	for name, some := range nearby {
		if strings.HasPrefix(table, name) {
			lines = append(lines, some...)
		}
	}
	return lines
}
