package cmd

import (
	"cmp"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// toldFault is what an operator is told of an error. What to type next is a
// whole command also where the error only knows which flags would help.
func (p *program) toldFault(err error) *connector.Fault {
	fault := faultOf(err)
	if fault.Code == connector.NotConnected {
		fault.Hint = cmp.Or(fault.Hint, p.firstConnect())
	}
	p.located(fault)
	if fault.Hint == "" && fault.Code == connector.Interrupted || strings.HasPrefix(fault.Hint, "-") {
		fault.Hint = p.again(fault.Hint)
	}
	if fault.Temporary() {
		fault.Hint = connector.WithCommand(fault.Hint, p.again(""))
	}
	fault.Hint = p.addressed(fault.Hint)
	return fault
}

// addressed puts the store that the command was given for in the place of STORE.
func (p *program) addressed(hint string) string {
	if p.config.Store == "" {
		return strings.ReplaceAll(hint, " --store STORE", "")
	}
	return strings.ReplaceAll(hint, "--store STORE", "--store "+p.config.Store)
}

// again is the command as it was typed, with flags that are added to it or take
// the place of those it had. They are written as they would be typed.
func (p *program) again(flags string) string {
	words := []string{"eshopctl"}
	for _, word := range retyped(p.env.Args, strings.Fields(flags)) {
		words = append(words, quoted(word))
	}
	return strings.Join(words, " ")
}

// without is the command as it was typed, without a flag that takes no value.
func (p *program) without(flag string) string {
	meant := *p
	meant.env.Args = slices.DeleteFunc(slices.Clone(p.env.Args), func(arg string) bool { return arg == flag })
	return meant.again("")
}

func retyped(typed, flags []string) []string {
	var args []string
	for i := 0; i < len(typed) && typed[i] != "--"; i++ {
		name, _, joined := strings.Cut(typed[i], "=")
		at := slices.Index(flags, name)
		if at < 0 || !strings.HasPrefix(name, "-") {
			args = append(args, typed[i])
			continue
		}
		if valued := at+1 < len(flags) && !strings.HasPrefix(flags[at+1], "-"); valued && !joined {
			i++
		}
	}
	args = append(args, flags...)
	if end := slices.Index(typed, "--"); end >= 0 {
		args = append(args, typed[end:]...)
	}
	return args
}

// quoted is a word as a shell reads it.
func quoted(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:,=%@+", r)
	}
	if word != "" && strings.TrimLeftFunc(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// nearest is what was most likely meant by a word, "" when nothing is like it.
func nearest[T ~string](word string, known []T) string {
	best, least := "", 3
	for _, candidate := range known {
		far := farFrom(word, string(candidate))
		if far < least && far < len(word) {
			best, least = string(candidate), far
		}
	}
	return best
}

// farFrom is how unlike a word a candidate is, which the word may only have begun.
func farFrom(word, candidate string) int {
	if len(word) > 1 && strings.HasPrefix(candidate, word) {
		return 0
	}
	return distance(strings.ToLower(word), strings.ToLower(candidate))
}

// distance is how many letters have to be changed, added, left out or swapped
// with their neighbour to make one word of the other.
func distance(a, b string) int {
	before, row := []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row
		row = make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before = last
	}
	return row[len(b)]
}
