package cmd

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// remedy is a case of something that doctor finds: how it comes about, what its
// words ask people to do, and then the line that it gives, which is typed as it is.
type remedy struct {
	topic  string            // what doctor is asked about, "" for everything
	fault  func(d *counter)  // brings it about
	person func(d *counter)  // does what the words of the cure say; nil when the line is enough
	names  *strings.Replacer // what people put in the place of NAME and HANDLE
	cannot string            // why it cannot be brought about here
}

// Everything that doctor finds is brought about, cured to the letter and looked for
// again: no cure is given that cannot work. What is found without a case here
// fails.
func TestCures(t *testing.T) {
	known := map[string][]remedy{}
	for _, cases := range []map[string][]remedy{machineRemedies(), attemptRemedies(), connectionRemedies(), importRemedies(), stockRemedies()} {
		for code, some := range cases {
			known[code] = some
		}
	}
	type finding struct {
		code string
		remedy
	}
	var findings []finding
	codes, err := os.ReadFile(filepath.Join("..", "connector", "health", "testdata", "codes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range strings.Fields(string(codes)) {
		if len(known[code]) == 0 {
			t.Errorf("nobody tries the cure of %s", code)
		}
		for _, r := range known[code] {
			findings = append(findings, finding{code, r})
		}
	}
	for _, f := range campaign.Some(t, "cures", findings, 16, len(findings)) {
		t.Run(f.code, func(t *testing.T) {
			if f.cannot != "" {
				t.Skip(f.cannot)
			}
			t.Parallel()
			d := newCounter(t, sandboxtest.Generate(12))
			d.try(f.code, f.remedy)
		})
	}
}

// try brings a finding about, does what its cure says and looks again. A note has no
// cure; what it offers to look at is typed.
func (d *counter) try(code string, r remedy) {
	r.fault(d)
	found, some := d.finding(r.topic, code)
	if !some {
		d.Fatalf("%s was not found:\n%s", code, d.run("doctor --all "+r.topic).stdout)
	}
	if found.Note {
		d.typed(found.Look)
		return
	}
	if found.Result != health.Failed || found.Cure == "" {
		d.Fatalf("%+v", found)
	}
	d.typed(found.Look)
	if r.person != nil {
		r.person(d)
	}
	line := found.Cure
	if r.names != nil {
		line = r.names.Replace(line)
	}
	if isLine(line) {
		d.typed(line)
	} else if r.person == nil {
		d.Fatalf("people are to %q, and nobody does", line)
	}
	if again, some := d.finding(r.topic, code); some && !again.Note {
		d.Errorf("after %q it is still so: %+v", line, again)
	}
}

func isLine(cure string) bool {
	return strings.HasPrefix(cure, "eshopctl ") || strings.HasPrefix(cure, "unset ") || strings.HasPrefix(cure, "chmod ")
}

// finding is what doctor finds of that code.
func (d *counter) finding(topic, code string) (view.Check, bool) {
	d.Helper()
	var document struct {
		Verdict string
		Cause   *view.Check
		Checks  []view.Check
	}
	got := d.run("doctor -o json " + topic)
	if err := json.Unmarshal([]byte(got.stdout), &document); err != nil {
		d.Fatalf("%v: %s%s", err, got.stdout, got.stderr)
	}
	failed := false
	for _, c := range document.Checks {
		failed = failed || c.Result == health.Failed
	}
	if failed != (got.ended == exit.Failed) || failed != (document.Cause != nil) || document.Verdict == "" {
		d.Errorf("exit status %d, %q, %+v", got.ended, document.Verdict, document.Cause)
	}
	for _, c := range document.Checks {
		if c.Code == code {
			return c, true
		}
	}
	return view.Check{}, false
}

// typed has a shell read a line, and does what it says with the answer that people
// give to questions. What is taken out of the environment stays out of it.
func (d *counter) typed(line string) {
	d.Helper()
	if line == "" {
		return
	}
	shell := exec.Command("sh", "-c", `eshopctl() { printf '%s\001' "$@"; printf '\002'; }; `+line+` && printf '\003' && env`)
	shell.Env = append(os.Environ()[:0:0], "PATH="+os.Getenv("PATH"))
	for name, value := range d.settings {
		shell.Env = append(shell.Env, name+"="+value)
	}
	read, err := shell.CombinedOutput()
	if err != nil {
		d.Fatalf("a shell cannot read %q: %v: %s", line, err, read)
	}
	commands, left, _ := strings.Cut(string(read), "\003")
	for name := range d.settings {
		if !strings.Contains("\n"+left, "\n"+name+"=") {
			delete(d.settings, name)
		}
	}
	for command := range strings.SplitSeq(strings.TrimSuffix(commands, "\002"), "\002") {
		if command == "" {
			continue
		}
		args := strings.Split(strings.TrimSuffix(command, "\001"), "\001")
		if slices.Contains([]string{"disconnect", "import run", "warehouses merge"}, strings.TrimSuffix(strings.Join(args[:2], " "), " shopify")) {
			args = append(args, "--yes") // to the question
		}
		if got := d.runArgs(args...); got.ended != exit.Done {
			d.Fatalf("eshopctl %q, of %q: exit status %d\n%s%s", args, line, got.ended, got.stdout, got.stderr)
		}
	}
}
