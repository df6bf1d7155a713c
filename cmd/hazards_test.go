package cmd

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	testFunc  = regexp.MustCompile(`(?m)^func (?:\(\w+ \*?\w+\) )?(\w+)\(`)
	hazardIDs = regexp.MustCompile(`(?m)^// hazard ((?:[A-Z]\d+(?:, )?)+)$`)
)

// TestHazards holds testdata/HAZARDS.md, which tells what of everything that can go
// wrong is tested, against the tests: those that testdata/hazards.tsv names, and
// those whose comment says "hazard" and the ids. With -update it is written anew.
func TestHazards(t *testing.T) {
	list, err := os.ReadFile(filepath.Join("..", "testdata", "hazards.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	tests, marks := testsAndMarks(t)
	var table strings.Builder
	covered, total := 0, 0
	for line := range strings.Lines(string(list)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			t.Fatalf("%q has not three columns", line)
		}
		id, by := fields[0], slices.Clone(marks[fields[0]])
		delete(marks, id)
		why, excused := strings.CutPrefix(fields[2], "- ")
		if !excused {
			by = append(by, strings.Fields(fields[2])...)
		}
		for _, name := range by {
			if !tests[name] {
				t.Errorf("%s is to be tested by %s, which is not there", id, name)
			}
		}
		slices.Sort(by)
		told := strings.Join(slices.Compact(by), ", ")
		switch total++; {
		case len(by) > 0 && excused:
			t.Errorf("%s is tested by %s: it needs no excuse", id, told)
		case len(by) > 0:
			covered++
		case excused:
			told = "not covered by a test: " + why
		default:
			t.Errorf("%s: %s: neither a test nor a reason why not", id, fields[1])
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", id, fields[1], told)
	}
	for id := range marks {
		t.Errorf("there is no hazard %s", id)
	}
	page := filepath.Join("..", "testdata", "HAZARDS.md")
	figures, _ := os.ReadFile(filepath.Join("..", "testdata", "campaign.txt"))
	want := fmt.Sprintf(hazardPage, covered, total, figures, table.String())
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if is, _ := os.ReadFile(page); string(is) != want {
		t.Errorf("%s is out of date; go test ./cmd -run TestHazards -update writes it anew", page)
	}
}

const hazardPage = `# What can go wrong, and what tests it

%d of %d hazards have tests. The list is testdata/hazards.tsv; this page is written by

    go test ./cmd -run TestHazards -update

The tests break the program at named moments and at events of its storage. They take
a sample; everything is tried, and figures are told, by

    CAMPAIGN=full go test ./cmd -run 'Break|Crowd|Faults|Damaged' -v -timeout 4h

%s
| id | hazard | tests |
|---|---|---|
%s`

// testsAndMarks finds all tests and scripts, and which of them, or which functions
// that they call, name hazards in their comment.
func testsAndMarks(t *testing.T) (tests map[string]bool, marks map[string][]string) {
	t.Helper()
	tests, marks = map[string]bool{}, map[string][]string{}
	for _, file := range sourceFiles(t) {
		if !file.isTest() {
			continue
		}
		text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(file.path)))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range testFunc.FindAllStringSubmatch(string(text), -1) {
			tests[match[1]] = true
		}
		for _, at := range hazardIDs.FindAllStringSubmatchIndex(string(text), -1) {
			next := testFunc.FindStringSubmatch(string(text[at[1]:]))
			if next == nil {
				t.Fatalf("%s: a mark stands before no function", file.path)
			}
			for id := range strings.SplitSeq(string(text[at[2]:at[3]]), ", ") {
				marks[id] = append(marks[id], next[1])
			}
		}
	}
	scripts, err := filepath.Glob(filepath.Join("..", "testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		tests["script:"+strings.TrimSuffix(filepath.Base(script), ".txtar")] = true
	}
	if len(tests) < 100 {
		t.Fatalf("only %d tests were found in %v", len(tests), slices.Sorted(maps.Keys(tests)))
	}
	return tests, marks
}
