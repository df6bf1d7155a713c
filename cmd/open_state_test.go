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
	made, err := p.Open(ctx, true, state.Create)
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

// namesState are the files that know what keeps everything, and why. All others know the
// ports that they use.
var namesState = map[string]string{
	"open_state.go": "it is opened here, and nowhere else",
	"exit.go":       "its errors get their exit statuses",
	"outfile.go":    "names of files are made to last as its own are",
}

func TestNobodyElseNamesTheState(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 50 {
		t.Fatal(err, len(files))
	}
	for _, file := range files {
		imports, err := importsOf(file)
		if err != nil {
			t.Fatal(err)
		}
		named := slices.ContainsFunc(imports, func(name string) bool { return name == module+"/state" || strings.HasPrefix(name, module+"/state/") })
		if _, may := namesState[file]; named != may && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s names the package state: %t, may: %t", file, named, may)
		}
	}
}
