package cmd

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/state"
)

// A command has the state file open once: whoever looks takes what is open, and only who
// has to write opens it anew, if it was not open to be written.
func TestTheStateIsOpenedOnce(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	p := &access.Access{Face: &face.Face{Env: terminal.Env{Now: time.Now}, Source: &settings.Source{Files: &given.Files{}}, Settings: settings.Settings{StatePath: filepath.Join(t.TempDir(), "state.db")}}}
	defer p.CloseState()
	if _, err := p.OpenToLook(ctx); !errors.Is(err, connector.ErrNoState) || p.State.DB != nil {
		t.Fatal(err)
	}
	made, err := p.OpenState(ctx, true, state.Create)
	if err != nil {
		t.Fatal(err)
	}
	if written, err := p.OpenToWrite(ctx); err != nil || written != made {
		t.Errorf("to write: %v, anew %t", err, written != made)
	}
	if looked, err := p.OpenToLook(ctx); err != nil || looked != made {
		t.Errorf("to look: %v, anew %t", err, looked != made)
	}
	p.CloseState()
	if _, err := made.Connectors(ctx); err == nil {
		t.Error("it is still open")
	}
	looked, err := p.OpenToLook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := p.OpenToLook(ctx); err != nil || again != looked {
		t.Errorf("to look: %v, anew %t", err, again != looked)
	}
	if written, err := p.OpenToWrite(ctx); err != nil || written == looked || !p.State.Writes {
		t.Errorf("to write: %v, anew %t", err, written != looked)
	}
	if _, err := looked.Connectors(ctx); err == nil {
		t.Error("both are open")
	}
}

// namesState are the files of cmd and below that know what keeps everything, and why. All
// others know the ports that they use.
var namesState = map[string]string{
	"cmd/access/state.go": "it is opened here, and nowhere else",
	"cmd/exit/status.go":  "its errors get their exit statuses",
}

func TestNobodyElseNamesTheState(t *testing.T) {
	t.Parallel()
	named := map[string]bool{}
	for _, file := range sourceFiles(t) {
		if strings.HasPrefix(file.path, "cmd/") && !file.isTest() && slices.ContainsFunc(file.imports, isState) {
			named[file.path] = true
			if namesState[file.path] == "" {
				t.Errorf("%s names the package state", file.path)
			}
		}
	}
	for file := range namesState {
		if !named[file] {
			t.Errorf("%s does not name the package state: take it off the list", file)
		}
	}
}

func isState(imported string) bool {
	return imported == module+"/state" || strings.HasPrefix(imported, module+"/state/")
}
