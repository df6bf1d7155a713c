package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// marks stand for what differs from day to day and from machine to machine.
type marks struct {
	home string
	runs []string // in the order in which they were told
}

var runID = regexp.MustCompile(`[0-9]{8}-[0-9]{4}-[0-9a-z]{8}`)

// varying are texts that differ, with the marks that stand for them.
var varying = []struct {
	found *regexp.Regexp
	mark  string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( UTC|Z)`), "TIME"},
	{regexp.MustCompile(`\b\d{8}-\d{6}\b`), "TIME"},
	{regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`), "DAY"},
	{regexp.MustCompile(`\b(just now|(less than )?an? (second|minute|hour|day)s? ago|\d+ (second|minute|hour|day|week|month)s? ago)\b`), "AGO"},
	{regexp.MustCompile(`\bin (\d+|an?) (second|minute|hour|day|week|month)s?\b`), "in SPAN"},
	{regexp.MustCompile(`\b\d+(\.\d+)? ?(ms|s|seconds?)\b`), "SPAN"},
	{regexp.MustCompile(`"(age_seconds|bytes|log_bytes|free_bytes|file_bytes|pid|seconds|duration_seconds)": ?[\d.]+`), `"$1": 0`},
	{regexp.MustCompile(`"(sqlite_version|version|host|started_by|go)": ?"[^"]*"`), `"$1": "WORD"`},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:PORT"},
	{regexp.MustCompile(`\b\d[\d,.]* (bytes|kB|KB|MB|GB|KiB|MiB)\b`), "SIZE"},
	{regexp.MustCompile(`class="stage"( x="[\d.]+")? width="[\d.]+"`), `class="stage" width="SPAN"`},
	{regexp.MustCompile(`(?m)^(eshopctl_\w*(seconds|bytes)\w*(\{.*\})?) [\d.e+]+$`), "$1 FIGURE"},
	{regexp.MustCompile(`\bschema +\d+`), "schema N"},
	{regexp.MustCompile(`schema_version": ?\d+`), `schema_version": N`},
	{regexp.MustCompile(`,\s*"filled": ?0\b`), ""}, // a count that came later than the recordings
	{regexp.MustCompile(`\(process \d+\)`), "(process PID)"},
	{regexp.MustCompile(`sh(pat|pca|ppa|prt|pss)_[0-9A-Za-z]+`), "SECRET"},
}

// put replaces what differs. Where something was replaced, columns are as wide as it
// was: there blanks and rules count once.
func (m *marks) put(printed string) string {
	for _, id := range runID.FindAllString(printed, -1) {
		if !slices.Contains(m.runs, id) {
			m.runs = append(m.runs, id)
		}
	}
	for i, id := range m.runs {
		printed = strings.ReplaceAll(printed, id, fmt.Sprintf("RUN-%d", i+1))
	}
	text := strings.ReplaceAll(printed, m.home, "HOME")
	for _, v := range varying {
		text = v.found.ReplaceAllString(text, v.mark)
	}
	if text != printed {
		text = wide.ReplaceAllString(text, "$1  ")
	}
	return text
}

// wide is the width of a column behind its words, or a rule below its head.
var wide = regexp.MustCompile(`([^\n ]) {2,}`)
