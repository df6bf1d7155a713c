package cmd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// everyCommand prints something.
var everyCommand = []string{
	"status", "status --probe", "doctor", "import preview", runMain, "reconcile", "runs list", "runs show latest", "runs show latest -o html", "runs warnings latest", "runs changes latest",
	"runs compare latest latest", "runs prune --keep 4", "warehouses list", "explain stock POT-1", "state info", "catalog variants -o jsonl", "help", "help exit-codes", "help environment",
	"version", "completion bash", "disconnect shopify --store main --yes", connectMain,
}

// limited runs a line of the shell, in which "eshopctl" is the program that can be
// broken. It has no files open but the first three, whoever runs the tests.
func (d *desk) limited(line string) broken {
	d.t.Helper()
	line = "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; " + strings.ReplaceAll(line, "eshopctl", d.program)
	command := exec.Command("sh", "-c", line)
	command.Env = d.command().Env
	var out, told bytes.Buffer
	command.Stdout, command.Stderr = &out, &told
	if err := command.Run(); err != nil && command.ProcessState == nil {
		d.t.Fatal(err)
	}
	return broken{out.String(), told.String(), command.ProcessState.ExitCode()}
}

// goGivesUp finds the last words of Go's own runtime, and of the C library in Go below
// SQLite, where they get no memory, thread or file. The program has no say in it, but nothing may be harmed.
var goGivesUp = regexp.MustCompile(`(?m)^(runtime: (epollcreate|eventfd|pipe) failed|runtime: out of memory|runtime: failed to create new OS thread|` +
	`runtime/cgo: |panic: libc_musl.go:[0-9]+:mustMalloc|fatal error: (out of memory|runtime: cannot |failed to reserve|runtime: netpollinit|newosproc)|runtime: cannot )`)

// panics reports whether what a command told is the end of a program that did not
// know what to do.
func (b broken) panics() bool {
	return (strings.Contains(b.told, "goroutine ") || b.status == 2) && !goGivesUp.MatchString(b.told)
}

// system takes away what the system gives: room for files, open files, memory, and
// somebody who reads the output.
//
// hazard P4, P6, P17, P18, P19
func (b *breaker) system(t *testing.T) {
	s := b.set(t, oneImport())
	s.reset()
	s.desk.mustRun(strings.Fields(s.line())...)
	s.willBe = s.desk.content()
	var lines []string
	for size := 40; size < 2400; size += 120 { // in blocks of 512 bytes
		lines = append(lines, fmt.Sprintf("trap '' XFSZ; ulimit -f %d; eshopctl %s", size, s.command))
	}
	for n := 7; n <= 24; n++ { // with less Go itself does not start
		lines = append(lines, fmt.Sprintf("ulimit -n %d; eshopctl %s", n, s.command))
	}
	for kB := 780_000; kB <= 1_200_000; kB += 20_000 { // nor here
		lines = append(lines, fmt.Sprintf("ulimit -v %d; GOMEMLIMIT=30MiB eshopctl %s", kB, s.command))
	}
	for _, line := range campaign.Some(t, "limits", lines, 3, 12) {
		t.Run(line, func(t *testing.T) {
			on, desk := *s, *s.desk
			on.desk, desk.t = &desk, t
			on.reset()
			got := desk.limited(line)
			if got.panics() {
				t.Errorf("it panics:\n%s", got.told)
			}
			on.look("")
			b.count("limits of the system")
		})
	}
	on, desk := *s, *s.desk
	on.desk, desk.t = &desk, t
	on.reset()
	if got := desk.limited("GOMEMLIMIT=30MiB eshopctl " + s.command); got.status != exit.Done || desk.content() != s.willBe {
		t.Errorf("with little memory: exit status %d\n%s", got.status, got.told)
	}
	b.output(t, s)
}

// output lets every command write onto a full disk, to somebody who reads no more,
// and to nobody at all.
func (b *breaker) output(t *testing.T, s *set) {
	s.desk.home = t.TempDir()
	copyFolder(t, s.before, s.desk.home)
	commands := everyCommand
	for _, table := range importer.TableNames() {
		commands = append([]string{"catalog " + table + " -o csv"}, commands...)
	}
	ways := []string{">/dev/full", ">&-", "| head -c 1 >/dev/null", ">/dev/full 2>/dev/full", ">/dev/full -o json"}
	for i, command := range campaign.Some(t, "commands", commands, 8, len(commands)) {
		for _, way := range ways {
			if campaign.Asked() == campaign.Quick && way != ways[i%len(ways)] {
				continue
			}
			if strings.Contains(way, "json") && (strings.Contains(command, "-o ") || strings.HasPrefix(command, "help") || strings.HasPrefix(command, "completion")) {
				continue
			}
			got := s.desk.limited("eshopctl " + command + " " + way)
			if strings.HasPrefix(way, ">/dev/full") && got.status == exit.Done || got.panics() {
				t.Errorf("%s %s: exit status %d\n%s", command, way, got.status, got.told)
			}
			b.count("commands whose output nobody takes")
		}
		assertUnharmed(t, s.desk.home)
	}
	s.desk.mustRun(strings.Fields(runMain)...)
	s.desk.assertStock()
	s.desk.assertConverged()
	s.desk.assertInvariants()
}

// signals stops imports at random moments: each ends soon, and harms nothing.
//
// hazard P3
func (b *breaker) signals(t *testing.T) {
	s := b.set(t, oneImport())
	s.reset()
	began := time.Now()
	s.desk.mustRun(strings.Fields(s.line())...)
	undisturbed := time.Since(began)
	s.willBe = s.desk.content()
	times := campaign.Of(t, "signals", 2, 6, 200)
	random := rand.New(rand.NewPCG(3, 4))
	var slowest time.Duration
	for i := range times {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			on, desk := *s, *s.desk
			on.desk, desk.t = &desk, t
			on.reset()
			command := desk.command(strings.Fields(on.line())...)
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(random.Int64N(int64(undisturbed))))
			sent := time.Now()
			_ = command.Process.Signal(os.Interrupt) // it may have ended
			_ = command.Wait()
			slowest = max(slowest, time.Since(sent))
			if status := command.ProcessState.ExitCode(); status != exit.Interrupted && status != exit.Done && status != -1 {
				t.Errorf("stopped, it ends with %d", status)
			}
			on.look("")
			b.count("times stopped by Ctrl-C")
		})
	}
	t.Logf("the slowest end took %s", slowest)
	if campaign.Asked() == campaign.Full && slowest > 2*time.Second {
		t.Errorf("an end took %s", slowest)
	}
}
