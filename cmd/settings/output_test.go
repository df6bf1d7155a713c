package settings

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/terminal"
)

func TestAskedOutput(t *testing.T) {
	for typed, want := range map[string]string{
		"status -o json": "json", "status -ojsonl": "jsonl", "status -qo json": "json", "-vqo=json status": "json", "status -q": "",
		"status --output=json": "json", "connect --only -o": "", "status -no json": "",
	} {
		if got := AskedOutput(terminal.Env{Args: strings.Fields(typed), LookupEnv: noVariable}); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
}

func noVariable(string) (string, bool) { return "", false }
