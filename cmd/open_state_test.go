package cmd

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/state"
)

// A command has the state file open once: whoever looks takes what is open, and only who
// has to write opens it anew, if it was not open to be written.
func TestTheStateIsOpenedOnce(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	p := &program{env: Env{Now: time.Now}, files: &given.Files{}, config: Config{StatePath: filepath.Join(t.TempDir(), "state.db")}}
	defer p.closeState()
	if _, err := p.openToLook(ctx); !errors.Is(err, state.ErrNoState) || p.state.db != nil {
		t.Fatal(err)
	}
	made, err := p.open(ctx, true, state.Create)
	if err != nil {
		t.Fatal(err)
	}
	if written, err := p.openToWrite(ctx); err != nil || written != made {
		t.Errorf("to write: %v, anew %t", err, written != made)
	}
	if looked, err := p.openToLook(ctx); err != nil || looked != made {
		t.Errorf("to look: %v, anew %t", err, looked != made)
	}
	p.closeState()
	if _, err := made.Connectors(ctx); err == nil {
		t.Error("it is still open")
	}
	looked, err := p.openToLook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := p.openToLook(ctx); err != nil || again != looked {
		t.Errorf("to look: %v, anew %t", err, again != looked)
	}
	if written, err := p.openToWrite(ctx); err != nil || written == looked || !p.state.writes {
		t.Errorf("to write: %v, anew %t", err, written != looked)
	}
	if _, err := looked.Connectors(ctx); err == nil {
		t.Error("both are open")
	}
}

// opensState are the files that open the state file, and why besides the first.
var opensState = map[string]string{
	"open_state.go":       "",
	"config.go":           "the settings that it takes to open it are those of a store, which only the file tells",
	"connect_registry.go": "the file is made",
	"job_state.go":        "it is opened anew to see what a commit came to",
	"doctor_store.go":     "a token has ended, and doctor itself only looks",
}

func TestNobodyElseOpensTheState(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 50 {
		t.Fatal(err, len(files))
	}
	opens := regexp.MustCompile(`state\.(Open|OpenReadOnly|Create)\b`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, may := opensState[file]; opens.Match(text) && !may && !regexp.MustCompile(`_test\.go$`).MatchString(file) {
			t.Errorf("%s opens the state file by itself", file)
		}
	}
}
