package view

import (
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
)

// Program is what this program is typed by.
const Program = "eshopctl"

// CommandLine writes a command out as a shell takes it: what a shell would read in
// another way stands in quotes. Of what was typed before, and nobody knows here, it is
// the flags to add.
func CommandLine(c connector.Command) string {
	if c.IsZero() {
		return ""
	}
	words := c.Words()
	if c.Program == "" && !c.Again {
		words = append([]string{Program}, words...)
	}
	for i, word := range words {
		words[i] = quoted(word)
	}
	return strings.Join(words, " ")
}

// quoted is a word as a shell reads it.
func quoted(word string) string {
	if word != "" && !strings.ContainsFunc(word, notPlain) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// notPlain reports whether a shell may read something into a character.
func notPlain(r rune) bool {
	plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=,+@%", r)
	return !plain
}

// CommandLines writes commands out as one line, each to be done if those before it were.
func CommandLines(commands []connector.Command) string {
	lines := make([]string, len(commands))
	for i, command := range commands {
		lines[i] = CommandLine(command)
	}
	return strings.Join(lines, " && ")
}

// Steps writes out what may be done next, a step below the other.
func Steps(next connector.Next) string {
	lines := make([]string, len(next))
	for i, step := range next {
		lines[i] = step.Text + CommandLine(step.Command) + step.Then
	}
	return strings.Join(lines, "\n")
}

// toldNext is next with its commands written out, as it stands in JSON for scripts.
func toldNext(next connector.Next) connector.Next {
	if !next.HasCommand() {
		return next
	}
	return connector.Advice(Steps(next))
}

// ToldRun is a run as scripts get it.
func ToldRun(run importer.Run) importer.Run {
	run.Error = toldError(run.Error)
	return run
}

func toldRun(run *importer.Run) *importer.Run {
	if run == nil {
		return nil
	}
	return new(ToldRun(*run))
}

func toldError(failure *importer.RunError) *importer.RunError {
	if failure == nil {
		return nil
	}
	told := *failure
	told.Next = toldNext(failure.Next)
	return &told
}

// ToldRemark is a remark as scripts get it.
func ToldRemark(r importer.Remark) importer.Remark {
	r.Next = toldNext(r.Next)
	return r
}

func toldFresh(fresh map[string]importer.Fresh) map[string]importer.Fresh {
	told := maps.Clone(fresh)
	for code, one := range told {
		one.Samples = slices.Clone(one.Samples)
		for i, sample := range one.Samples {
			one.Samples[i] = ToldRemark(sample)
		}
		told[code] = one
	}
	return told
}

// ToldExplanations are explanations as scripts get them.
func ToldExplanations(explained []checking.Explanation) []checking.Explanation {
	explained = slices.Clone(explained)
	for i, e := range explained {
		explained[i].Gates = toldGates(e.Gates)
		explained[i].Locations = slices.Clone(e.Locations)
		for j, l := range e.Locations {
			explained[i].Locations[j].Gates = toldGates(l.Gates)
		}
	}
	return explained
}

func toldGates(gates []checking.Gate) []checking.Gate {
	gates = slices.Clone(gates)
	for i, gate := range gates {
		gates[i].Next = toldNext(gate.Next)
	}
	return gates
}

// Suggestion is a step that an operator may take, with the command to type; ""
// when there is none.
type Suggestion struct {
	Text    string `json:"text"`
	Command string `json:"command"`
}

// Suggested writes a step out.
func Suggested(text string, command connector.Command) Suggestion {
	return Suggestion{text, CommandLine(command)}
}

// SuggestedFor writes out what the health of a store suggests.
func SuggestedFor(s health.Suggestion) Suggestion {
	return Suggestion{s.Text, CommandLines(s.Commands)}
}
