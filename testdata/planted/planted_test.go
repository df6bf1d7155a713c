package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const diff = `bug: it counts one too many
package: ./some
test: TestCount

--- a/some/count.go
+++ b/some/count.go
@@ -12 +12 @@ func count() int {
-	return n
+	return n + 1
@@ -99,2 +99 @@
 	// why
-	n--
`

func TestPatchesFitWhereverTheLinesStand(t *testing.T) {
	for name, c := range map[string]struct{ code, made, fails string }{
		"elsewhere":   {"a\n\treturn n\nb\n\t// why\n\tn--\n", "a\n\treturn n + 1\nb\n\t// why\n", ""},
		"twice":       {"\treturn n\n\treturn n\n\t// why\n\tn--\n", "", "more than once"},
		"not there":   {"\treturn m\n\t// why\n\tn--\n", "", "do not stand"},
		"part of one": {"\treturn n \n\t// why\n\tn--\n", "", "do not stand"},
	} {
		root := t.TempDir()
		file := filepath.Join(root, "testdata", "planted", "some", "one.patch")
		for path, text := range map[string]string{file: diff, filepath.Join(root, "some", "count.go"): c.code} {
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		b, err := readBug(root, file)
		switch {
		case c.fails != "":
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil || b.planted["some/count.go"] != c.made || b.name != "some/one" || b.test != "TestCount":
			t.Errorf("%s: %v, %+v", name, err, b)
		}
	}
}

func TestEnoughHasToBeNoticed(t *testing.T) {
	noticed, missed := outcome{noticed: "TestIt"}, outcome{}
	for name, c := range map[string]struct {
		of   []outcome
		good bool
	}{
		"all":             {[]outcome{noticed, noticed}, true},
		"too few":         {[]outcome{noticed, missed}, false},
		"one of forty":    {append(many(noticed, 39), missed), true},
		"one that is bad": {append(many(noticed, 39), outcome{bug: bug{worst: true}}), false},
		"one unknown":     {append(many(noticed, 39), outcome{err: os.ErrNotExist}), false},
	} {
		outcomes := make(chan outcome, len(c.of))
		for _, o := range c.of {
			outcomes <- o
		}
		close(outcomes)
		var told strings.Builder
		if good := report(outcomes, &told); good != c.good {
			t.Errorf("%s: good is %t\n%s", name, good, told.String())
		}
	}
}

func many(o outcome, n int) (all []outcome) {
	for range n {
		all = append(all, o)
	}
	return all
}

func TestSamplesComeRound(t *testing.T) {
	bugs, met := make([]bug, 23), map[string]bool{}
	for i := range bugs {
		bugs[i].name = string(rune('a' + i))
	}
	for day := range 10 {
		some := sampled(bugs, 4, time.Unix(int64(day)*24*60*60, 0))
		if len(some) != 4 {
			t.Fatalf("%d in a sample", len(some))
		}
		for _, b := range some {
			met[b.name] = true
		}
	}
	if len(met) != len(bugs) {
		t.Errorf("%d of %d in ten days", len(met), len(bugs))
	}
}
