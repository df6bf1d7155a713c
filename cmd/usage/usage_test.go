package usage

import (
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// What is to be typed next is the whole command, as a shell reads it.
func TestAgain(t *testing.T) {
	for _, c := range []struct{ typed, flags, want string }{
		{"import|run|latest", "--yes", "import run latest --yes"},
		{"import|preview|--only|stok|--store|main", "--only stock", "import preview --store main --only stock"},
		{"import|preview|--only=stok|--changes", "--only stock", "import preview --changes --only stock"},
		{"status|--all-stores|-q", "", "status --all-stores -q"},
		{"catalog|products|--search|it's $HOME", "--limit 5", `catalog products --search 'it'\''s $HOME' --limit 5`},
		{"catalog|products|--search|", "", "catalog products --search ''"},
		{"runs|show|--|-x", "--store main", "runs show --store main -- -x"},
		{"runs|show|latest|--out|x.html", "-o html", "runs show latest --out x.html -o html"},
	} {
		typed := Line(strings.Split(c.typed, "|"))
		if got := plain.CommandLine(typed.Again(strings.Fields(c.flags)...)); got != "eshopctl "+c.want {
			t.Errorf("%s with %s: %s", c.typed, c.flags, got)
		}
	}
	typed := Line{"reconcile", "--all-stores", "--store", "main"}
	if got := plain.CommandLine(typed.WithoutFlag("--all-stores")); got != "eshopctl reconcile --store main" {
		t.Error(got)
	}
}

func TestMeantTime(t *testing.T) {
	for typed, want := range map[string]string{"2 days": "2d", "1day": "1d", "36": "36m", "soon": "", "-3d": "", "": "", "999999d": ""} {
		if got := meantTime(typed, "5m"); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	for long, want := range map[string]string{"24h0m0s": "24h", "5m0s": "5m", "1h30m0s": "1h30m", "30s": "30s", "10m10s": "10m10s", "table": "table"} {
		if got := shortTime(long); got != want {
			t.Errorf("%q: %q, want %q", long, got, want)
		}
	}
}

// Times are typed in days and weeks as well, and shown as they are typed.
func TestPeriods(t *testing.T) {
	for typed, want := range map[string]time.Duration{
		"24h": day, "1d": day, "2w": 2 * week, "1w2d": 9 * day, "1d12h30m": 36*time.Hour + 30*time.Minute, "90m": 90 * time.Minute, "0d": 0, "-1d": -day, "1500ms": 1500 * time.Millisecond,
	} {
		if got, err := ParsePeriod(typed); err != nil || got != want {
			t.Errorf("%q: %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "d", "1", "1dd", "2d1w", "1d-1h", "--1d", "1 d", "1y", "99999999999d", "200000d", "1d9999999h"} {
		if got, err := ParsePeriod(typed); err == nil {
			t.Errorf("%q is taken as %v", typed, got)
		}
	}
}
