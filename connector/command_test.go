package connector_test

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
		command := connector.Typed(words...)
		printed := command.String()
		said, err := exec.Command("sh", "-c", `eshopctl() { printf '%s\0' "$@"; }; `+printed).Output()
		if err != nil {
			t.Skipf("no shell: %v", err)
		}
		if got := strings.Split(strings.TrimSuffix(string(said), "\x00"), "\x00"); !slices.Equal(got, words) {
			t.Errorf("%s: a shell reads %q", printed, got)
		}
	}
	if plain := connector.Typed("connect", "shopify", "--shop", "tea.myshopify.com", "--only", "products,stock").String(); strings.Contains(plain, "'") {
		t.Errorf("%s: what needs no quotes has some", plain)
	}
}
