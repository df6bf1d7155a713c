package cmd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// limited runs a line of the shell, in which "eshopctl" is the program that can be
// broken.
func (d *desk) limited(line string) broken {
	d.t.Helper()
	command := exec.Command("sh", "-c", strings.ReplaceAll(line, "eshopctl", d.program))
	command.Env = d.command().Env
	var out, told bytes.Buffer
	command.Stdout, command.Stderr = &out, &told
	if err := command.Run(); err != nil && command.ProcessState == nil {
		d.t.Fatal(err)
	}
	return broken{out.String(), told.String(), command.ProcessState.ExitCode()}
}

// system takes away what the system gives: room for files, open files, and
// somebody who reads the output.
//
// hazard P4, P6, P17, P19
func (b *breaker) system(t *testing.T) {
	s := b.set(t, oneImport())
	s.reset()
	s.desk.mustRun(strings.Fields(s.line())...)
	s.willBe = s.desk.content()
	var lines []string
	sizes, files := []int{100, 1000, 1400}, []int{7, 9, 12}
	if b.full {
		sizes, files = nil, nil
		for size := 40; size < 2400; size += 120 {
			sizes = append(sizes, size)
		}
		for n := 7; n <= 24; n++ { // with less Go itself does not start
			files = append(files, n)
		}
	}
	for _, size := range sizes { // in blocks of 512 bytes
		lines = append(lines, fmt.Sprintf("trap '' XFSZ; ulimit -f %d; eshopctl %s", size, s.command))
	}
	for _, n := range files {
		lines = append(lines, fmt.Sprintf("ulimit -n %d; eshopctl %s", n, s.command))
	}
	for _, line := range lines {
		t.Run(line, func(t *testing.T) {
			on, desk := *s, *s.desk
			on.desk, desk.t = &desk, t
			on.reset()
			got := desk.limited(line)
			if strings.Contains(got.told, "goroutine ") || got.status == 2 && strings.Contains(got.told, "panic") {
				t.Errorf("it panics:\n%s", got.told)
			}
			on.look("")
			b.count("limits of the system")
		})
	}
	for _, command := range []string{"status", "runs list", "catalog products", "catalog variants -o jsonl", "warehouses list", "state info", "help", "version"} {
		got := s.desk.limited("eshopctl " + command + " >/dev/full")
		if got.status == exitDone || got.status == 2 {
			t.Errorf("%s says to a full disk: exit status %d\n%s", command, got.status, got.told)
		}
		if got := s.desk.limited("eshopctl " + command + " | head -c 1 >/dev/null"); strings.Contains(got.told, "panic") {
			t.Errorf("%s panics when nobody reads: %s", command, got.told)
		}
	}
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
	times := 6
	if b.full {
		times = 200
	}
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
			if status := command.ProcessState.ExitCode(); status != exitInterrupted && status != exitDone && status != -1 {
				t.Errorf("stopped, it ends with %d", status)
			}
			on.look("")
			b.count("times stopped by Ctrl-C")
		})
	}
	t.Logf("the slowest end took %s", slowest)
	if b.full && slowest > 2*time.Second {
		t.Errorf("an end took %s", slowest)
	}
}
