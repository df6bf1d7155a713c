package plain

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

// A shell reads from a printed command the very words that were meant.
func TestCommandsComeThroughAShell(t *testing.T) {
	for _, words := range [][]string{
		{"status", "--store", "main"},
		{"warehouses", "link", "Lager Süd", "gid://shopify/Location/1001"},
		{"connect", "--shop", "x; rm -rf ~", "$(id)", "`id`", "it's", "", "a\nb", "~", "*", `"`, `\`, "#", "!1", "50%"},
	} {
		printed := CommandLine(connector.Typed("", words...))
		said, err := exec.Command("sh", "-c", `eshopctl() { printf '%s\0' "$@"; }; `+printed).Output()
		if err != nil {
			t.Skipf("no shell: %v", err)
		}
		if got := strings.Split(strings.TrimSuffix(string(said), "\x00"), "\x00"); !slices.Equal(got, words) {
			t.Errorf("%s: a shell reads %q", printed, got)
		}
	}
	if plain := CommandLine(connector.Typed("connect", "shopify").With("--shop", "tea.myshopify.com", "--only", "products,stock")); strings.Contains(plain, "'") {
		t.Errorf("%s: what needs no quotes has some", plain)
	}
}

// Steps are written out as they are meant, whatever stands around a command.
func TestStepsAreWrittenOut(t *testing.T) {
	doctor := connector.Typed("doctor")
	for want, next := range map[string]connector.Next{
		"":                nil,
		"try again":       connector.Advice("try again"),
		"eshopctl doctor": doctor.Next(),
		"look: eshopctl doctor --store main, then import":                       doctor.For("main").After("look: ").Then(", then import"),
		"eshopctl import run --store main 20261123-0944 --yes":                  connector.Typed("import run").For("main").With("20261123-0944").With("--yes").Next(),
		"eshopctl status --probe --store main":                                  connector.Typed("status", "--probe").ForStoreAtHand().Next().For("main"),
		"eshopctl status --probe":                                               connector.Typed("status", "--probe").ForStoreAtHand().Next(),
		"as its owner type: chmod 600 '/a b'":                                   connector.Shell("chmod", "600", "/a b").After("as its owner type: "),
		"--max-missing off":                                                     connector.Again("--max-missing", "off").Next(),
		"wait; or pages: eshopctl status":                                       connector.Advice("wait").Then("; or pages").OrAtLast(connector.Typed("status")),
		"look: eshopctl doctor; or wait":                                        doctor.After("look: ").OrAtLast(connector.Typed("status")).Then("; or wait"),
		"mend it\neshopctl doctor\nor do without\neshopctl status --store '$x'": append(doctor.After("mend it\n"), connector.Typed("status").For("$x").After("or do without\n")...),
	} {
		if got := Steps(next); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
