package progress

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// A log hears something every ten seconds, also while nothing happens, and
// nothing of what is done at once.
func TestProgressInLogs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := NewReporter(&out, Style{})
		p.Reading(importer.Products, importer.PhaseGathering, 0, 0)
		time.Sleep(10*time.Second + time.Millisecond) // the shop prepares a file
		p.Reading(importer.Products, importer.PhaseGathering, 500, 0)
		for i := range 10 {
			p.Reading(importer.Products, importer.PhaseDownloading, i*100, 3000)
			p.Reading(importer.Variants, importer.PhaseReading, i*10, 100)
			p.Reading(importer.Stock, importer.PhaseReading, i*10, 100)
			time.Sleep(time.Second)
		}
		p.Waiting(30 * time.Second)
		time.Sleep(10 * time.Second)
		p.Done()
		p.Applying(5, 5)
		p.Done()
		time.Sleep(time.Minute)
		check(t, out.String(), `
gathering products
downloading products 900 of 3,000  90/s  30 s left, reading variants 90 of 100  9.0/s  2 s left, stock 90 of 100 items  9.0/s  2 s left
downloading products 900 of 3,000  45/s  50 s left, reading variants 90 of 100  4.5/s  3 s left, stock 90 of 100 items  4.5/s  3 s left, the shop says wait 20 s
`)
	})
}

func TestProgressVerbose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := NewReporter(&out, Style{Verbose: true})
		p.Reading(importer.Products, importer.PhaseDownloading, 12340, 12340)
		p.Reading(importer.Stock, importer.PhaseReading, 7, 7)
		time.Sleep(3 * time.Second)
		p.Planning(importer.Products)
		p.Planning(importer.Stock)
		time.Sleep(time.Second)
		p.Say("waiting for another store")
		p.Applying(3, 3)
		p.Done()
		check(t, out.String(), `
reading products 12,340, stock 7 items; took 3.0 s
waiting for another store
comparing records 12,347; took 1.0 s
writing changes 3; took 0 ms
`)
		out.Reset()
		quiet := NewReporter(&out, Style{Quiet: true, Verbose: true})
		quiet.Applying(1, 2)
		quiet.Say("nobody hears this")
		time.Sleep(time.Minute)
		quiet.Done()
		if out.Len() > 0 {
			t.Errorf("quiet says %q", out.String())
		}
	})
}

func TestPace(t *testing.T) {
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	at := func(seconds int) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }
	var s step
	s.moveTo(at(0), 0, 10_000)
	if got := s.figuresText(at(1)); got != "0 of 10,000" {
		t.Errorf("before anything is known: %q", got)
	}
	for i := 1; i <= 30; i++ {
		s.moveTo(at(i), i*100, 10_000)
	}
	if got := s.figuresText(at(30)); got != "3,000 of 10,000  100/s  70 s left" {
		t.Errorf("an even pace: %q", got)
	}
	for i := 31; i <= 60; i++ { // the shop becomes slower
		s.moveTo(at(i), 3000+(i-30)*10, 10_000)
	}
	if got := s.figuresText(at(60)); got != "3,300 of 10,000  10/s  12 min left" {
		t.Errorf("a slower pace: %q", got)
	}
	if got := s.figuresText(at(120)); got != "3,300 of 10,000  2.5/s  45 min left" {
		t.Errorf("when it stands still: %q", got)
	}
	s.moveTo(at(121), 0, 10_000) // read anew
	if got := s.figuresText(at(122)); got != "0 of 10,000" {
		t.Errorf("anew: %q", got)
	}
	s.moveTo(at(130), 10_000, 10_000)
	if got := s.figuresText(at(131)); got != "10,000" {
		t.Errorf("done: %q", got)
	}
	for d, want := range map[time.Duration]string{
		0: "1 s left", 9500 * time.Millisecond: "10 s left", 11 * time.Second: "20 s left", 119 * time.Second: "120 s left",
		121 * time.Second: "3 min left", 3*time.Hour + time.Minute: "4 h left",
	} {
		if got := timeLeft(d); got != want {
			t.Errorf("left(%s) = %q, want %q", d, got, want)
		}
	}
}

func check(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.TrimPrefix(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
