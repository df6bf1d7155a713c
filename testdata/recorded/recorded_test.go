package main

import (
	"slices"
	"testing"
)

func TestWordsOfALine(t *testing.T) {
	for line, want := range map[string][]string{
		"":                        nil,
		" runs  list ":            {"runs", "list"},
		"catalog '' x":            {"catalog", "", "x"},
		"show 'Shop York'":        {"show", "Shop York"},
		"say=P.title='\"a b\"' c": {`say=P.title="a b"`, "c"},
	} {
		if got, err := wordsOf(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q has the words %q (%v), want %q", line, got, err, want)
		}
	}
	if _, err := wordsOf("show 'Shop York"); err == nil {
		t.Error("a quote without an end is taken")
	}
}

// What differs from run to run is replaced, with the width of its column; all else
// stays as it is.
func TestMarks(t *testing.T) {
	m := &marks{home: "/tmp/recorded-00000000/one"}
	for _, c := range [][2]string{
		{"started 20261130-1056-abcdefgh   2 s\n", "started RUN-1  SPAN\n"},
		{"then 20261130-1057-zzzzzzzz, after 20261130-1056-abcdefgh\n", "then RUN-2, after RUN-1\n"},
		{"products    35   +0\n", "products    35   +0\n"},
		{"just now (2026-11-30 10:56 UTC)    green\n\n  next\n", "AGO (TIME)  green\n\n  next\n"},
		{"/tmp/recorded-00000000/one/run.prom at http://127.0.0.1:34567/x", "HOME/run.prom at http://127.0.0.1:PORT/x"},
		{`"drifted": 0, "filled": 0}`, `"drifted": 0}`},
		{`"drifted": 0, "filled": 3}`, `"drifted": 0, "filled": 3}`},
		{"price: 38.00 -> 42.00, 3 s", "price: 38.00 -> 42.00, SPAN"},
	} {
		if got := m.put(c[0]); got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
}
