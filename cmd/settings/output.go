package settings

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/terminal"
)

// AskedOutput is the output that was asked for, as far as it can be told before
// anything is understood: an error about the rest is printed that way.
func AskedOutput(env terminal.Env) string {
	output, next := env.Getenv(Variable("output")), false
	for _, arg := range env.Args {
		long, isLong := strings.CutPrefix(arg, "--output=")
		short, isShort := shortOutput(arg)
		switch {
		case next:
			output, next = arg, false
		case arg == "--output" || isShort && short == "":
			next = true
		case isLong:
			output = long
		case isShort:
			output = strings.TrimPrefix(short, "=")
		}
	}
	return output
}

// shortOutput is what follows -o in a word, which may stand behind other letters:
// -qo json.
func shortOutput(word string) (rest string, found bool) {
	letters, isShort := strings.CutPrefix(word, "-")
	before, rest, found := strings.Cut(letters, "o")
	return rest, isShort && found && strings.Trim(before, "qvyh") == ""
}
