package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// toldFault is what an operator is told of an error. What to type next is a whole
// command also where the error only knows which flags would help, and is for the store
// that was named.
func (p *program) toldFault(err error) *connector.Fault {
	fault := faultOf(err)
	if len(fault.Next) == 0 && fault.Code == connector.NotConnected {
		fault.Next = p.firstConnect().Next()
	}
	p.located(fault)
	fault.Message += plain.Steps(fault.Besides)
	if len(fault.Next) == 0 && fault.Code == connector.Interrupted {
		fault.Next = again()
	}
	if fault.Temporary() {
		fault.Next = fault.Next.OrAtLast(connector.Again())
	}
	fault.Next = fault.Next.For(p.config.Store).Each(func(c connector.Command) connector.Command {
		if c.Again {
			return p.again(c.Args...)
		}
		return c
	})
	return fault
}

// again is what was typed before, with other flags.
func again(flags ...string) connector.Next { return connector.Again(flags...).Next() }

// again is the command as it was typed, with flags that are added to it or take the
// place of those it had.
func (p *program) again(flags ...string) connector.Command {
	return connector.Typed("", retyped(p.env.Args, flags)...)
}

// without is the command as it was typed, without a flag that takes no value.
func (p *program) without(flag string) connector.Command {
	meant := *p
	meant.env.Args = slices.DeleteFunc(slices.Clone(p.env.Args), func(arg string) bool { return arg == flag })
	return meant.again()
}

// nameOf is the name of a command as it is typed.
func nameOf(cmd *cobra.Command) string {
	return strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), plain.Program))
}

// instead is a command with words behind it.
func instead(cmd *cobra.Command, words ...string) connector.Next {
	return connector.Typed(nameOf(cmd), words...).Next()
}

func seeHelp(cmd *cobra.Command) connector.Next { return instead(cmd, "--help") }

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
